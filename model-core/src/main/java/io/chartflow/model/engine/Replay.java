package io.chartflow.model.engine;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.engine.TrainerState.ReplayState;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/**
 * A sample of all events that taught, each with the same chance, to be learned from again.
 *
 * <p>Source: Vitter, Random sampling with a reservoir, 1985, algorithm R.
 */
final class Replay {

  private final int dimension;
  private final int capacity;
  private final double share;
  private float[] rows;
  private long count;

  Replay(AdaptationConfig config, int dimension, ReplayState state) {
    this.dimension = dimension;
    this.capacity = config.replayEvents();
    this.share = config.replayShare();
    this.rows = state.rows().toArray();
    this.count = state.count();
  }

  /** The most rows that come on top of a batch of {@code rows}. */
  int most(int rows) {
    return capacity == 0 ? 0 : (int) Math.rint(share * rows);
  }

  /** Draws rows behind the first {@code taught} of {@code data}; how many there are with them. */
  int draw(float[] data, int taught, SplitMix random) {
    int held = (int) Math.min(count, capacity);
    int extra = held == 0 ? 0 : most(taught);
    for (int i = 0; i < extra; i++) {
      int from = random.nextInt(held) * dimension;
      System.arraycopy(rows, from, data, (taught + i) * dimension, dimension);
    }
    return taught + extra;
  }

  /** Keeps a sample of the first {@code taught} rows too. */
  void keep(Matrix x, int taught, SplitMix random) {
    for (int i = 0; capacity > 0 && i < taught; i++) {
      keepOne(x, i, random);
    }
  }

  private void keepOne(Matrix x, int i, SplitMix random) {
    count++;
    long place = count <= capacity ? count - 1 : (long) (random.nextDouble() * count);
    if (place < capacity) {
      int at = (int) place * dimension;
      if (at == rows.length) {
        rows = java.util.Arrays.copyOf(rows, Math.min(capacity * dimension, 2 * at + dimension));
      }
      System.arraycopy(x.data(), x.row(i), rows, at, dimension);
    }
  }

  /** Forgets every event: the world has changed. */
  void clear() {
    count = 0;
  }

  ReplayState state() {
    int held = (int) Math.min(count, capacity) * dimension;
    return new ReplayState(count, Floats.copyOf(java.util.Arrays.copyOf(rows, held)));
  }
}
