package io.chartflow.local.fit;

import io.chartflow.local.data.DataField;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.EventSource;
import io.chartflow.model.engine.EventBatch;
import java.util.SplittableRandom;

/**
 * Fills batches from a source: adds noise uniform in ± half the resolution to rounded features, and
 * passes over events that have a feature that is not a finite number.
 */
public final class EventReader implements AutoCloseable {

  /** Rejected in a row before the source is called hopeless. */
  private static final long MOST_REJECTED_IN_A_ROW = 1_000_000;

  private final String name;
  private final EventSource source;
  private final double[] resolutions;
  private final double[] event;
  private final SplittableRandom noise;
  private long rejected;

  /** Reads from {@code source}; the seed is that of the noise. */
  public EventReader(DataSet set, EventSource source, long seed) {
    this.name = set.name();
    this.source = source;
    this.resolutions = set.fields().stream().mapToDouble(DataField::resolution).toArray();
    this.event = new double[resolutions.length];
    this.noise = new SplittableRandom(seed + 1);
  }

  /** Refills the batch with at most {@code most} events. */
  public void fill(EventBatch batch, long most) {
    batch.clear();
    while (!batch.isFull() && batch.size() < most) {
      nextFinite();
      for (int j = 0; j < event.length; j++) {
        if (resolutions[j] > 0) {
          event[j] += resolutions[j] * (noise.nextDouble() - 0.5);
        }
      }
      batch.add(event, 0);
    }
  }

  private void nextFinite() {
    for (long i = 0; i < MOST_REJECTED_IN_A_ROW; i++) {
      source.next();
      source.copyTo(event);
      if (isFinite(event)) {
        return;
      }
      rejected++;
    }
    throw new IllegalArgumentException(
        name + ": no finite event among " + MOST_REJECTED_IN_A_ROW + " in a row");
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Events that were passed over. */
  public long rejected() {
    return rejected;
  }

  /** {@link EventSource#index()} of the event that was read last. */
  public long index() {
    return source.index();
  }

  @Override
  public void close() {
    source.close();
  }
}
