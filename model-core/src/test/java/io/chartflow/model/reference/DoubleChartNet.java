package io.chartflow.model.reference;

/** {@code net(x, v_k)}: a network whose first layer also sees the chart's code through C. */
public final class DoubleChartNet {

  private final int width;
  private final int codeDimension;
  private final DoubleMlp net;

  public DoubleChartNet(int offset, int inputs, int codeDimension, int width, int outputs) {
    this.width = width;
    this.codeDimension = codeDimension;
    this.net = new DoubleMlp(offset, inputs, width, outputs);
  }

  /** Index one past the last weight: C lies behind the network. */
  public int end() {
    return net.end() + codeDimension * width;
  }

  public double[] apply(double[] theta, DoubleCharts charts, int k, double[] x) {
    return net.apply(theta, x, fromCode(theta, charts, k, net.end(), width));
  }

  /** {@code v_k·C}, C row-major from {@code at}. */
  static double[] fromCode(double[] theta, DoubleCharts charts, int k, int at, int columns) {
    double[] sums = new double[columns];
    double[] code = charts.code(k);
    for (int i = 0; i < code.length; i++) {
      for (int j = 0; j < columns; j++) {
        sums[j] += code[i] * theta[at + i * columns + j];
      }
    }
    return sums;
  }
}
