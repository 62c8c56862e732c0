package io.chartflow.model.reference;

import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Matrix;

/** Codes, means and variances of the charts, as arrays of rows. */
public final class DoubleCharts {

  private final double[][] codes;
  private final double[][] means;
  private final double[][] variances;

  public DoubleCharts(ChartSet charts) {
    this.codes = rows(charts.codes());
    this.means = rows(charts.means());
    this.variances = rows(charts.variances());
  }

  private DoubleCharts(double[][] codes, double[][] means, double[][] variances) {
    this.codes = codes;
    this.means = means;
    this.variances = variances;
  }

  /** The same codes, every chart with mean 0 and variance 1 of {@code latent} features. */
  public DoubleCharts embedded(int latent) {
    double[][] ones = new double[codes.length][latent];
    for (double[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    return new DoubleCharts(codes, new double[codes.length][latent], ones);
  }

  public double[] code(int k) {
    return codes[k];
  }

  public double[] mean(int k) {
    return means[k];
  }

  public double[] variance(int k) {
    return variances[k];
  }

  /** The rows of a matrix, widened. */
  public static double[][] rows(Matrix m) {
    double[][] rows = new double[m.rows()][m.cols()];
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.cols(); j++) {
        rows[i][j] = m.get(i, j);
      }
    }
    return rows;
  }
}
