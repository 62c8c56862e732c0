package io.chartflow.model.reference;

/**
 * {@code ‖D(ē) − x‖²/(nD) + β‖E(x) − sg[v]‖²/(n·d_v)} with the stop-gradients written out: {@code ē
 * = E(x) + c}, where {@code c = v − E(x)} was worked out once, at the weights where the gradient is
 * taken, and does not move with them.
 */
public final class DoubleVqLoss {

  private final DoubleMlp encoder;
  private final DoubleMlp decoder;
  private final double beta;
  private final double[][] rows;
  private final double[][] codes;
  private final double[][] straight;

  /**
   * @param theta where the gradient is taken
   * @param codes the code of each row
   */
  public DoubleVqLoss(
      DoubleMlp encoder,
      DoubleMlp decoder,
      double beta,
      double[] theta,
      double[][] rows,
      double[][] codes) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.beta = beta;
    this.rows = rows;
    this.codes = codes;
    this.straight = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      straight[i] = minus(codes[i], encoder.apply(theta, rows[i]));
    }
  }

  public double of(double[] theta) {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] e = encoder.apply(theta, rows[i]);
      double[] passed = e.clone();
      for (int j = 0; j < e.length; j++) {
        passed[j] += straight[i][j];
      }
      double[] decoded = decoder.apply(theta, passed);
      loss += squares(minus(decoded, rows[i])) / (rows.length * rows[i].length);
      loss += beta * squares(minus(e, codes[i])) / (rows.length * e.length);
    }
    return loss;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] c = a.clone();
    for (int j = 0; j < c.length; j++) {
      c[j] -= b[j];
    }
    return c;
  }

  private static double squares(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return sum;
  }
}
