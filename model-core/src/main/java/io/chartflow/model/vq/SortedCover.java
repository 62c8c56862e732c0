package io.chartflow.model.vq;

import static io.chartflow.model.linalg.BlockKernels.WORD;

import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;

/**
 * {@link ChartCover} of a block of encodings that lie together, to the same charts: they are
 * measured against the groups that they lie in, and then against those alone whose centre is not
 * further from one of them than what covers it and the group's radius together. Bounds are as wide
 * as those of a {@link GroupSearch}. A group is a word of bits. Memory of one thread.
 */
final class SortedCover {

  /** What covers, with what the distances were rounded by. */
  private static final float WIDER = 1.0021f;

  private static final float LEAST = 1e-30f; // smaller squares are rounded by more

  /** Words that are looked through together, since most are empty. */
  private static final int WORDS = Long.SIZE / WORD;

  private final BlockKernels kernels;
  private final CodeIndex index;
  private final CoverReach reach;
  private final int m;
  private final float[] distances;
  private final float[] toCentres;
  private final float[] smallest;
  private final float[] bounds;
  private final float[] words;
  private final int[] looked;
  private final boolean[] isLooked;
  private final int[] codes;
  private final float[] found;
  private float[] points = new float[0];
  private int count;

  SortedCover(BlockKernels kernels, CodeIndex index, CoverReach reach, int m) {
    int r = kernels.rows();
    int groups = index.groups();
    this.kernels = kernels;
    this.index = index;
    this.reach = reach;
    this.m = m;
    this.distances = new float[groups * CodeIndex.SIZE * r];
    this.toCentres = new float[groups * r];
    this.smallest = new float[m * r];
    this.bounds = new float[r];
    this.words = new float[(groups + WORDS) * r];
    this.looked = new int[groups];
    this.isLooked = new boolean[groups];
    this.codes = new int[groups * CodeIndex.SIZE];
    this.found = new float[groups * CodeIndex.SIZE];
  }

  /** Encodings of a block. */
  int rows() {
    return kernels.rows();
  }

  /** How many of this many are better taken in blocks. */
  int inBlocks(int rows) {
    return kernels.inBlocks(rows);
  }

  /** Measures the block of {@code size} encodings that begins at a place of the order. */
  void measure(Matrix encodings, GroupOrder order, int place, int size) {
    load(encodings, order, place, size);
    java.util.Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    count = 0;
    for (int i = 0; i < size; i++) {
      look(order.group(place + i));
    }
    lookAtThoseInReach();
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = below(i);
    }
    kernels.below(distances, count * CodeIndex.SIZE, bounds, words);
    int r = bounds.length;
    java.util.Arrays.fill(words, count * r, (count + WORDS) * r, 0);
    for (int at = 0; at < count; at++) {
      isLooked[looked[at]] = false;
    }
  }

  private void load(Matrix encodings, GroupOrder order, int place, int size) {
    int r = kernels.rows();
    int dimension = encodings.cols();
    if (points.length < dimension * r) {
      points = new float[dimension * r];
    }
    for (int i = 0; i < r; i++) {
      int from = encodings.row(order.row(place + Math.min(i, size - 1)));
      for (int j = 0; j < dimension; j++) {
        points[j * r + i] = encodings.data()[from + j];
      }
    }
  }

  private void look(int group) {
    if (!isLooked[group]) {
      int first = count * CodeIndex.SIZE;
      kernels.squaredDistances(points, index.members(group), distances, first, m, smallest);
      isLooked[group] = true;
      looked[count++] = group;
    }
  }

  private void lookAtThoseInReach() {
    int r = kernels.rows();
    int groups = isLooked.length;
    for (int i = 0; i < r; i++) {
      bounds[i] = WIDER * (float) Math.sqrt(Math.max(below(i), LEAST));
    }
    kernels.squaredDistances(points, index.centres(), toCentres, 0, 0, smallest);
    kernels.within(toCentres, groups, bounds, index.radii(), words);
    for (int word = 0; word * WORD < groups; word++) {
      int any = 0;
      for (int i = 0; i < r; i++) {
        any |= (int) words[word * r + i];
      }
      for (int left = any << (Integer.SIZE - WORD); left != 0; ) {
        int bit = Integer.numberOfLeadingZeros(left);
        look(word * WORD + bit);
        left &= ~(Integer.MIN_VALUE >>> bit);
      }
    }
  }

  private float below(int i) {
    return reach.below(smallest[(m - 1) * kernels.rows() + i]);
  }

  /** Finds the codes that cover an encoding of the block, in their order; how many there are. */
  int find(int i) {
    int r = kernels.rows();
    int n = 0;
    for (int at = 0; at < count; at += WORDS) {
      long left = 0;
      for (int word = at; word < at + WORDS; word++) {
        left = left << WORD | (long) words[word * r + i];
      }
      while (left != 0) {
        int bit = Long.numberOfLeadingZeros(left);
        int code = index.code(looked[at + bit / WORD], bit % WORD);
        insert(n++, code, distances[(at * WORD + bit) * r + i]);
        left &= ~(Long.MIN_VALUE >>> bit);
      }
    }
    return n;
  }

  private void insert(int n, int code, float squared) {
    int at = n;
    for (; at > 0 && codes[at - 1] > code; at--) {
      codes[at] = codes[at - 1];
      found[at] = found[at - 1];
    }
    codes[at] = code;
    found[at] = squared;
  }

  /** A code that was found. */
  int code(int at) {
    return codes[at];
  }

  /** Its squared distance. */
  float squared(int at) {
    return found[at];
  }
}
