package io.chartflow.model.reference;

/** {@code y = relu(relu(x·W₁ + b₁ + c)·W₂ + b₂)·W₃ + b₃}, one row, weights from {@code offset}. */
public final class DoubleMlp {

  private final int offset;
  private final int inputs;
  private final int width;
  private final int outputs;

  public DoubleMlp(int offset, int inputs, int width, int outputs) {
    this.offset = offset;
    this.inputs = inputs;
    this.width = width;
    this.outputs = outputs;
  }

  /** Index one past the last weight. */
  public int end() {
    return offset + inputs * width + width + width * width + width + width * outputs + outputs;
  }

  public double[] apply(double[] theta, double[] x) {
    return apply(theta, x, new double[width]);
  }

  /** With {@code extra} added to the first layer's sums. */
  public double[] apply(double[] theta, double[] x, double[] extra) {
    int at = offset;
    double[] h1 = dense(theta, at, x, width);
    for (int j = 0; j < width; j++) {
      h1[j] += extra[j];
    }
    at += inputs * width + width;
    double[] h2 = dense(theta, at, relu(h1), width);
    at += width * width + width;
    return dense(theta, at, relu(h2), outputs);
  }

  /** {@code x·W + b}, W row-major from {@code at}, b right behind it. */
  private static double[] dense(double[] theta, int at, double[] x, int outputs) {
    double[] y = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      y[j] = theta[at + x.length * outputs + j];
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * theta[at + i * outputs + j];
      }
    }
    return y;
  }

  private static double[] relu(double[] h) {
    double[] y = new double[h.length];
    for (int j = 0; j < h.length; j++) {
      y[j] = Math.max(0, h[j]);
    }
    return y;
  }
}
