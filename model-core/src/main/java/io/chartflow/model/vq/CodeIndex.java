package io.chartflow.model.vq;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;

/**
 * Codes as a search reads them: transposed, and, if there are many, in groups of {@value #SIZE}
 * that lie together, each with its centre and radius. Written by {@link #use}, then read by any
 * number of threads.
 *
 * <p>Groups come from halving the codes along the feature in which they spread most, again and
 * again. As codes move only centres and radii are worked out anew, until the radii have grown by
 * half: no result depends on who is in which group.
 */
public final class CodeIndex {

  /** Codes of a group: a vector of the widest machines. */
  static final int SIZE = 16;

  /** With fewer codes it is as fast to measure them all. */
  static final int MANY = 256;

  private static final float LOOSE = 1.5f;

  /** A radius with what its distances, and those that it is compared with, were rounded by. */
  private static final float ROUNDED = 1.0021f;

  private final Kernels kernels;
  private final int count;
  private final int dimension;
  private final int groups;
  private final Matrix transposed;
  private final Matrix grouped;
  private final Matrix[] members;
  private final Matrix centres;
  private final float[] radius;
  private final int[] order;
  private final int[] axis; // of the tree's node n, whose halves are 2n and 2n + 1
  private final float[] split;
  private final int[] leaf;
  private final long[] keys;
  private double tight = Double.NEGATIVE_INFINITY;

  /** For {@code count} codes of {@code dimension} numbers each. */
  public CodeIndex(int count, int dimension, Kernels kernels) {
    this.kernels = kernels;
    this.count = count;
    this.dimension = dimension;
    this.groups = count < MANY ? 0 : (count + SIZE - 1) / SIZE;
    this.transposed = Matrix.zeros(dimension, count);
    this.grouped = Matrix.zeros(dimension, groups * SIZE);
    this.centres = Matrix.zeros(dimension, groups);
    this.members = new Matrix[groups];
    for (int g = 0; g < groups; g++) {
      members[g] = grouped.columns(g * SIZE, SIZE);
    }
    this.radius = new float[groups];
    this.order = new int[count];
    int leaves = groups == 0 ? 1 : 2 * Integer.highestOneBit(groups);
    this.axis = new int[leaves];
    this.split = new float[leaves];
    this.leaf = new int[leaves];
    this.keys = new long[count];
    java.util.Arrays.setAll(order, k -> k);
  }

  /** Holds these codes (K × d_v) as they are now. */
  public void use(Matrix codes) {
    kernels.transpose(codes, transposed);
    if (groups == 0) {
      return;
    }
    double radii = measureGroups();
    if (!(radii <= LOOSE * tight)) {
      halve(1, 0, count);
      tight = measureGroups();
    }
  }

  /** All codes (d_v × K). */
  Matrix transposed() {
    return transposed;
  }

  /** Number of groups; 0 if the codes are few. */
  int groups() {
    return groups;
  }

  /** Centres (d_v × groups). */
  Matrix centres() {
    return centres;
  }

  /** No member of the group is further from its centre. */
  float radius(int group) {
    return radius[group];
  }

  /** The same of all groups, live. */
  float[] radii() {
    return radius;
  }

  /**
   * A group that is likely to hold the nearest code of a row: down the tree of the halves, each
   * time to the next node without a jump, which nobody could foresee.
   */
  int groupOf(Matrix encodings, int i) {
    float[] e = encodings.data();
    int at = encodings.row(i);
    int node = 1;
    while (node < split.length) {
      node = 2 * node + (e[at + axis[node]] < split[node] ? 0 : 1);
    }
    return leaf[node - split.length];
  }

  /** The members of a group (d_v × {@value #SIZE}); of the last some may be infinitely far away. */
  Matrix members(int group) {
    return members[group];
  }

  /** The code of a member. */
  int code(int group, int member) {
    return order[group * SIZE + member];
  }

  /** Members that are codes. */
  int size(int group) {
    return Math.min(SIZE, count - group * SIZE);
  }

  /** Halves the codes at these places of the order until they are groups. */
  private void halve(int node, int from, int to) {
    if (to - from <= SIZE) {
      endAt(node, from / SIZE);
      return;
    }
    int widest = 0;
    float most = -1;
    for (int j = 0; j < dimension; j++) {
      float spread = spread(transposed.row(j), from, to);
      widest = spread > most ? j : widest;
      most = Math.max(most, spread);
    }
    for (int i = from; i < to; i++) { // by value: the bits of floats below zero run backwards
      int bits = Float.floatToIntBits(transposed.get(widest, order[i]));
      keys[i] = ((long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32) | order[i];
    }
    java.util.Arrays.sort(keys, from, to);
    for (int i = from; i < to; i++) {
      order[i] = (int) keys[i];
    }
    int half = from + ((to - from) / SIZE + 1) / 2 * SIZE;
    axis[node] = widest;
    split[node] = transposed.get(widest, order[half]);
    halve(2 * node, from, half);
    halve(2 * node + 1, half, to);
  }

  /** Whichever way one goes on from this node, it ends in the group. */
  private void endAt(int node, int group) {
    if (node >= split.length) {
      leaf[node - split.length] = group;
    } else {
      axis[node] = 0;
      split[node] = 0;
      endAt(2 * node, group);
      endAt(2 * node + 1, group);
    }
  }

  private float spread(int row, int from, int to) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, transposed.data()[row + order[i]]);
      most = Math.max(most, transposed.data()[row + order[i]]);
    }
    return most - least;
  }

  /** Gathers the groups, with centres and radii; the sum of the radii. */
  private double measureGroups() {
    double sum = 0;
    for (int g = 0; g < groups; g++) {
      int size = size(g);
      for (int j = 0; j < dimension; j++) {
        int row = grouped.row(j) + g * SIZE;
        float total = 0;
        for (int i = 0; i < size; i++) {
          float x = transposed.data()[transposed.row(j) + order[g * SIZE + i]];
          grouped.data()[row + i] = x;
          total += x;
        }
        java.util.Arrays.fill(grouped.data(), row + size, row + SIZE, Float.POSITIVE_INFINITY);
        centres.set(j, g, total / size);
      }
      radius[g] = ROUNDED * (float) Math.sqrt(furthest(g));
      sum += radius[g];
    }
    return sum;
  }

  private float furthest(int g) {
    float most = 0;
    for (int i = 0; i < size(g); i++) {
      float squared = 0;
      for (int j = 0; j < dimension; j++) {
        float d = grouped.get(j, g * SIZE + i) - centres.get(j, g);
        squared += d * d;
      }
      most = Math.max(most, squared); // NaN stays
    }
    return most;
  }
}
