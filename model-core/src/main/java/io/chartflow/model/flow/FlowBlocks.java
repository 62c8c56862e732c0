package io.chartflow.model.flow;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;

/**
 * Rows on their way through a flow in blocks as {@link BlockKernels} takes them, and the memory
 * that one layer after the other uses. The last block is filled up with copies of the last row.
 * Grows, never shrinks.
 */
final class FlowBlocks {

  private final BlockKernels kernels;
  private final AlignedFloats features = new AlignedFloats();
  private double[] logDet = new double[0];
  private int[] chart = new int[0];
  private final AlignedFloats hidden1 = new AlignedFloats();
  private final AlignedFloats hidden2 = new AlignedFloats();
  private int dimension;
  private int codeDimension;
  private int count;

  FlowBlocks(BlockKernels kernels) {
    this.kernels = kernels;
  }

  BlockKernels kernels() {
    return kernels;
  }

  /** Rows of a block. */
  int rows() {
    return kernels.rows();
  }

  /** Blocks that hold rows. */
  int count() {
    return count;
  }

  /** Features of all blocks; feature j of a block b from {@code at(b) + j·rows()} on. */
  float[] values() {
    return features.data();
  }

  /** The same, for kernels; in front of a block's features lie the codes of its charts. */
  AlignedFloats features() {
    return features;
  }

  /** Floats before the codes of a block. */
  int codesBefore(int block) {
    return block * (codeDimension + dimension) * rows();
  }

  /** Floats before the features of a block. */
  int featuresBefore(int block) {
    return codesBefore(block) + codeDimension * rows();
  }

  /** Where the features of a block begin. */
  int at(int block) {
    return features.start() + featuresBefore(block);
  }

  /** Sets y to the rows of a table that belong to the charts of a block. */
  void gather(Matrix table, int block, AlignedFloats hidden) {
    int r = rows();
    float[] t = table.data();
    float[] y = hidden.data();
    for (int i = 0; i < r; i += 8) { // a block has a multiple of eight rows
      int row = block * r + i;
      int k0 = table.row(chart[row]);
      int k1 = table.row(chart[row + 1]);
      int k2 = table.row(chart[row + 2]);
      int k3 = table.row(chart[row + 3]);
      int k4 = table.row(chart[row + 4]);
      int k5 = table.row(chart[row + 5]);
      int k6 = table.row(chart[row + 6]);
      int k7 = table.row(chart[row + 7]);
      for (int j = 0; j < table.cols(); j++) {
        int to = hidden.start() + j * r + i;
        y[to] = t[k0 + j];
        y[to + 1] = t[k1 + j];
        y[to + 2] = t[k2 + j];
        y[to + 3] = t[k3 + j];
        y[to + 4] = t[k4 + j];
        y[to + 5] = t[k5 + j];
        y[to + 6] = t[k6 + j];
        y[to + 7] = t[k7 + j];
      }
    }
  }

  /** Log-determinant of each row so far, block after block. */
  double[] logDet() {
    return logDet;
  }

  /** Chart of each row, block after block. */
  int[] chart() {
    return chart;
  }

  /** Memory for the first hidden layer of one block. */
  AlignedFloats hidden1(int width) {
    hidden1.grow(width * rows());
    return hidden1;
  }

  /** Memory for the second. */
  AlignedFloats hidden2(int width) {
    hidden2.grow(width * rows());
    return hidden2;
  }

  /** Takes the rows {@code [from, x.rows())} with their charts; log-determinants are zero. */
  void load(Matrix x, int from, int[] charts, Matrix chartCodes) {
    int r = rows();
    dimension = x.cols();
    codeDimension = chartCodes.cols();
    count = (x.rows() - from + r - 1) / r;
    reserve();
    java.util.Arrays.fill(logDet, 0, count * r, 0.0);
    for (int b = 0; b < count; b++) {
      int first = from + b * r;
      int held = Math.min(r, x.rows() - first);
      System.arraycopy(charts, first, chart, b * r, held);
      java.util.Arrays.fill(chart, b * r + held, b * r + r, charts[first + held - 1]);
      loadFeatures(x, first, held, at(b));
      loadCodes(chartCodes, b);
    }
  }

  /** Loops over rows are longer than those over features. */
  private void loadFeatures(Matrix x, int first, int held, int at) {
    int r = rows();
    float[] data = x.data();
    float[] to = values();
    for (int j = 0; j < dimension; j++) {
      int feature = at + j * r;
      int row = x.row(first) + j;
      for (int i = 0; i < held; i++) {
        to[feature + i] = data[row + i * x.stride()];
      }
      java.util.Arrays.fill(to, feature + held, feature + r, to[feature + held - 1]);
    }
  }

  private void loadCodes(Matrix chartCodes, int block) {
    int r = rows();
    float[] data = chartCodes.data();
    float[] codes = values();
    for (int j = 0; j < codeDimension; j++) {
      int to = features.start() + codesBefore(block) + j * r;
      for (int i = 0; i < r; i++) {
        codes[to + i] = data[chartCodes.row(chart[block * r + i]) + j];
      }
    }
  }

  private void reserve() {
    int n = count * rows();
    if (chart.length < n) {
      chart = new int[n];
      logDet = new double[n];
    }
    features.reserve(n * (codeDimension + dimension));
    hidden1.reserve(0); // asked where it lies once a pass, not for each block
    hidden2.reserve(0);
  }

  /** Writes the log-determinants of the rows {@code [from, to)}. */
  void storeLogDets(double[] logDets, int from, int to) {
    System.arraycopy(logDet, 0, logDets, from, to - from);
  }

  /** Writes the features of the rows from {@code from} on. */
  void store(Matrix x, int from) {
    int r = rows();
    float[] data = x.data();
    float[] features = values();
    for (int b = 0; b < count; b++) {
      int first = from + b * r;
      int held = Math.min(r, x.rows() - first);
      for (int j = 0; j < dimension; j++) {
        int feature = at(b) + j * r;
        int row = x.row(first) + j;
        for (int i = 0; i < held; i++) {
          data[row + i * x.stride()] = features[feature + i];
        }
      }
    }
  }
}
