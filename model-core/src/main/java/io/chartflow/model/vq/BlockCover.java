package io.chartflow.model.vq;

import static io.chartflow.model.linalg.BlockKernels.WORD;

import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;

/** {@link ChartCover} of a block of encodings at once, to the same charts. Memory of one thread. */
final class BlockCover {

  private static final int WORDS = Long.SIZE / WORD;

  private final BlockKernels kernels;
  private final CoverReach reach;
  private final int m;
  private final float[] distances;
  private final float[] smallest;
  private final float[] bounds;
  private final float[] words;
  private float[] points = new float[0];

  BlockCover(BlockKernels kernels, CoverReach reach, int m, int charts) {
    int r = kernels.rows();
    this.kernels = kernels;
    this.reach = reach;
    this.m = m;
    this.distances = new float[charts * r];
    this.smallest = new float[m * r];
    this.bounds = new float[r];
    this.words = new float[(charts + WORD - 1) / WORD * r];
  }

  /** Rows of a block. */
  int rows() {
    return kernels.rows();
  }

  /** Rows that are better taken in blocks. */
  int inBlocks(int rows) {
    return kernels.inBlocks(rows);
  }

  /**
   * Appends the charts of the first {@code rows} encodings.
   *
   * @param codes (d_v × K)
   * @param nearest of each row its nearest code
   * @param squared of each row the squared distance to it
   */
  void cover(
      Matrix encodings, int rows, Matrix codes, PairList out, int[] nearest, float[] squared) {
    int r = kernels.rows();
    for (int from = 0; from < rows; from += r) {
      float[] bounds = bounds(encodings, from, codes);
      kernels.below(distances, codes.cols(), bounds, words);
      for (int i = 0; i < Math.min(r, rows - from); i++) {
        nearest[from + i] = append(i, out);
        squared[from + i] = distances[nearest[from + i] * r + i];
      }
    }
  }

  /** What covers each encoding of the block from row {@code from} on, until the next call. */
  float[] bounds(Matrix encodings, int from, Matrix codes) {
    int r = kernels.rows();
    if (points.length < encodings.cols() * r) {
      points = new float[encodings.cols() * r];
    }
    kernels.load(encodings, from, points, 0);
    java.util.Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    kernels.squaredDistances(points, codes, distances, 0, m, smallest);
    for (int i = 0; i < r; i++) {
      bounds[i] = reach.below(smallest[(m - 1) * r + i]);
    }
    return bounds;
  }

  /** Appends the charts of a row of the block; the nearest is the first of the least distance. */
  private int append(int row, PairList out) {
    int r = kernels.rows();
    int count = 0;
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int word = 0; word * r < words.length; word += WORDS) {
      long left = words(word, row);
      while (left != 0) {
        int bit = Long.numberOfLeadingZeros(left);
        int k = word * WORD + bit;
        out.add(count++, k);
        if (distances[k * r + row] < least) {
          least = distances[k * r + row];
          nearest = k;
        }
        left &= ~(Long.MIN_VALUE >>> bit);
      }
    }
    if (count == 0) { // distances that are not finite cover nothing
      out.add(count++, nearest);
    }
    out.endRow(count);
    return nearest;
  }

  /** Four words of a row from one on, its bits first: how many are set is guessed once for all. */
  private long words(int from, int row) {
    int r = kernels.rows();
    long together = 0;
    for (int word = from; word < from + WORDS; word++) {
      together = together << WORD | (word * r < words.length ? (long) words[word * r + row] : 0);
    }
    return together;
  }
}
