package io.chartflow.model.reference;

/**
 * {@code y_j = x_j·e^{s_j} + t_j} by a network whose weights are multiplied by 0 or 1, as MADE says
 * it: feature by feature, in the order given.
 */
public final class DoubleAutoregressive implements DoubleLayer {

  private final int offset;
  private final int dimension;
  private final boolean natural;
  private final int codeDimension;
  private final int width;
  private final double bound;

  public DoubleAutoregressive(
      int offset, int dimension, boolean natural, int codeDimension, int width, double bound) {
    this.offset = offset;
    this.dimension = dimension;
    this.natural = natural;
    this.codeDimension = codeDimension;
    this.width = width;
    this.bound = bound;
  }

  /** Where C begins. */
  private int codeWeights() {
    int outputs = 2 * dimension;
    return offset + dimension * width + (width + 1) * width + (width + 1) * outputs;
  }

  /** Index one past the last weight. */
  public int end() {
    return codeWeights() + codeDimension * width;
  }

  /** How many features, counted from the first, unit {@code u} may see. */
  private int degree(int u) {
    int first = dimension == 1 ? width : Math.max(1, width / 8);
    int degree = 0;
    while (u >= first + (dimension == 1 ? 0 : (width - first) * degree / (dimension - 1))) {
      degree++;
    }
    return degree;
  }

  /** {@code (s_j, t_j)} of every feature in its turn; {@code x} lies in its columns. */
  double[][] scalesAndShifts(double[] theta, DoubleCharts charts, int k, double[] x) {
    double[] h1 = DoubleChartNet.fromCode(theta, charts, k, codeWeights(), width);
    int b1 = offset + (dimension - 1) * width;
    int b2 = b1 + width + width * width;
    int b3 = b2 + width + width * 2 * dimension;
    double[] h2 = new double[width];
    for (int u = 0; u < width; u++) {
      h1[u] += theta[b1 + u];
      for (int j = 0; j < dimension - 1; j++) {
        double mask = j < degree(u) ? 1 : 0;
        h1[u] += mask * theta[offset + j * width + u] * x[column(j)];
      }
      h1[u] = Math.max(0, h1[u]);
    }
    for (int u = 0; u < width; u++) {
      h2[u] = theta[b2 + u];
      for (int v = 0; v < width; v++) {
        double mask = degree(v) <= degree(u) ? 1 : 0;
        h2[u] += mask * theta[b1 + width + v * width + u] * h1[v];
      }
      h2[u] = Math.max(0, h2[u]);
    }
    double[][] outs = new double[dimension][2];
    for (int j = 0; j < dimension; j++) {
      double[] out = outs[j];
      for (int o = 0; o < 2; o++) {
        out[o] = theta[b3 + 2 * j + o];
        for (int u = 0; u < width; u++) {
          double mask = degree(u) <= j ? 1 : 0;
          out[o] += mask * theta[b2 + width + u * 2 * dimension + 2 * j + o] * h2[u];
        }
      }
      out[0] = bound * Math.tanh(out[0] / bound);
    }
    return outs;
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[][] outs = scalesAndShifts(theta, charts, k, x);
    double[] y = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      y[column(j)] = x[column(j)] * Math.exp(outs[j][0]) + outs[j][1];
      logDet[0] += outs[j][0];
    }
    return y;
  }

  /** Where the feature lies whose turn is j. */
  int column(int j) {
    return natural ? j : dimension - 1 - j;
  }
}
