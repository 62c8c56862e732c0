package io.chartflow.model.vq;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import java.util.Optional;

/**
 * Which charts cover an encoding: {@code k} with {@code d_k < (1+ε)·d̃_m}, for {@code ε = 0} with
 * {@code d_k ≤ d̃_m}, where {@code d_k = ‖e − v_k‖₂} and {@code d̃_m} is the m-th smallest.
 * Compared as squares. Every encoding is covered by at least one chart; an encoding on top of m
 * codes at once by exactly those. Not safe for use by several threads.
 *
 * <p>Source: Sidheekh et al., UAI 2022, §4.2.
 */
public final class ChartCover {

  private final int m;
  private final float stretch;
  private final boolean open;
  private final float[] distances;
  private final float[] smallest;
  private final Kernels kernels;
  private final Optional<BlockCover> blocks;
  private Matrix codesTransposed = Matrix.zeros(0, 0);
  private int nearest;

  /** The cover of this configuration, measured with these kernels. */
  public ChartCover(ChartsConfig config, Kernels kernels) {
    this.kernels = kernels;
    this.m = config.m();
    this.stretch = (float) ((1 + config.epsilon()) * (1 + config.epsilon()));
    this.open = config.epsilon() > 0;
    this.distances = new float[config.count()];
    this.smallest = new float[m];
    this.blocks = kernels.blocks().map(side -> new BlockCover(side, m, config.count()));
  }

  /** Measures against these codes (K × d_v), as they are now. */
  public void use(Matrix codes) {
    if (codesTransposed.rows() != codes.cols() || codesTransposed.cols() != codes.rows()) {
      codesTransposed = Matrix.zeros(codes.cols(), codes.rows());
    }
    kernels.transpose(codes, codesTransposed);
  }

  /** Appends the charts that cover each of {@code encodings}. */
  public void cover(Matrix encodings, PairList out) {
    int together = blocks.isEmpty() ? 0 : blocks.get().inBlocks(encodings.rows());
    if (together > 0) {
      blocks.get().cover(encodings, together, codesTransposed, this, out);
    }
    for (int i = together; i < encodings.rows(); i++) {
      cover(encodings, i, out);
    }
  }

  /** Appends the charts that cover row {@code i} of {@code encodings}. */
  public void cover(Matrix encodings, int i, PairList out) {
    measure(encodings, i);
    float below = below(smallest[m - 1]);
    int count = 0;
    int k = kernels.nextBelow(distances, 0, distances.length, below);
    while (k < distances.length) {
      out.add(count++, k);
      k = kernels.nextBelow(distances, k + 1, distances.length, below);
    }
    if (count == 0) { // distances that are not finite cover nothing
      out.add(count++, nearest);
    }
    out.endRow(count);
  }

  /** Appends every chart, for the sum over all of them. */
  public void coverAll(PairList out) {
    for (int k = 0; k < distances.length; k++) {
      out.add(k, k);
    }
    out.endRow(distances.length);
  }

  /** Whether chart {@code k} covers row {@code i} of {@code encodings}. */
  public boolean covers(Matrix encodings, int i, int k) {
    measure(encodings, i);
    return distances[k] < below(smallest[m - 1]);
  }

  /** Finds the nearest code of row {@code i} of {@code encodings}. */
  public void findNearest(Matrix encodings, int i) {
    measure(encodings, i);
  }

  /** The nearest code of the row measured last; of equals the first. */
  public int nearest() {
    return nearest;
  }

  /** Squared distance to the nearest code of the row measured last. */
  public float nearestSquaredDistance() {
    return distances[nearest];
  }

  /** Works out all distances and the m smallest. */
  private void measure(Matrix encodings, int i) {
    kernels.squaredDistances(encodings.data(), encodings.row(i), codesTransposed, distances);
    java.util.Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    nearest = 0; // where no distance is a number
    int last = m - 1;
    int k = kernels.nextBelow(distances, 0, distances.length, smallest[last]);
    while (k < distances.length) {
      int at = last;
      for (; at > 0 && smallest[at - 1] > distances[k]; at--) {
        smallest[at] = smallest[at - 1];
      }
      smallest[at] = distances[k];
      nearest = at == 0 ? k : nearest;
      k = kernels.nextBelow(distances, k + 1, distances.length, smallest[last]);
    }
  }

  /** Squared distances below this cover: the number after the m-th smallest if that is one. */
  float below(float bound) {
    return (open && bound > 0) ? bound * stretch : Math.nextUp(bound);
  }
}
