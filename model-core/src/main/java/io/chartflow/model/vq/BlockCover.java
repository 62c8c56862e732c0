package io.chartflow.model.vq;

import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;

/** {@link ChartCover} of a block of encodings at once, to the same charts. Memory of one thread. */
final class BlockCover {

  private final BlockKernels kernels;
  private final int m;
  private float[] points = new float[0];
  private final float[] distances;
  private final float[] smallest;
  private final float[] bounds;
  private final int[] bits;

  BlockCover(BlockKernels kernels, int m, int charts) {
    int r = kernels.rows();
    this.kernels = kernels;
    this.m = m;
    this.distances = new float[charts * r];
    this.smallest = new float[m * r];
    this.bounds = new float[r];
    this.bits = new int[(charts + Integer.SIZE - 1) / Integer.SIZE * r];
  }

  /** Which rows are better taken in blocks. */
  int inBlocks(int rows) {
    return kernels.inBlocks(rows);
  }

  /** Appends the charts of the first {@code rows} encodings, by codes (d_v × K). */
  void cover(Matrix encodings, int rows, Matrix codes, ChartCover cover, PairList out) {
    int r = kernels.rows();
    if (points.length < encodings.cols() * r) {
      points = new float[encodings.cols() * r];
    }
    for (int from = 0; from < rows; from += r) {
      kernels.load(encodings, from, points);
      kernels.squaredDistances(points, codes, m, distances, smallest);
      for (int i = 0; i < r; i++) {
        bounds[i] = cover.below(smallest[(m - 1) * r + i]);
      }
      kernels.below(distances, codes.cols(), bounds, bits);
      for (int i = 0; i < Math.min(r, rows - from); i++) {
        append(i, out);
      }
    }
  }

  private void append(int row, PairList out) {
    int count = 0;
    for (int word = 0; word * kernels.rows() < bits.length; word++) {
      int left = bits[word * kernels.rows() + row];
      while (left != 0) {
        int k = Integer.numberOfLeadingZeros(left);
        out.add(count++, word * Integer.SIZE + k);
        left &= ~(Integer.MIN_VALUE >>> k);
      }
    }
    if (count == 0) { // distances that are not finite cover nothing: as if the first were nearest
      out.add(count++, 0);
    }
    out.endRow(count);
  }
}
