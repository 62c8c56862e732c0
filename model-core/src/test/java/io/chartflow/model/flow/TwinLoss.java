package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.reference.DoubleCharts;
import java.util.Arrays;

/**
 * {@code Σ_i c_i·f(x_i) + w_i·log|det J(x_i)|} of a double twin: a loss that touches everything.
 */
final class TwinLoss {

  private final MapUnderTest map;
  private final DoubleCharts charts;
  private final int[] chart;
  private final double[][] byOutput;
  private final float[] byLogDet;

  TwinLoss(MapUnderTest map, int[] chart, Matrix byOutput, float[] byLogDet) {
    this.map = map;
    this.charts = map.twinCharts();
    this.chart = chart;
    this.byOutput = DoubleCharts.rows(byOutput);
    this.byLogDet = byLogDet;
  }

  double of(double[] theta, double[] rows) {
    int d = map.dimension();
    double loss = 0;
    for (int i = 0; i < chart.length; i++) {
      double[] logDet = new double[1];
      double[] x = Arrays.copyOfRange(rows, i * d, (i + 1) * d);
      double[] y = map.twin().forward(theta, charts, chart[i], x, logDet);
      for (int j = 0; j < y.length; j++) {
        loss += byOutput[i][j] * y[j];
      }
      loss += byLogDet[i] * logDet[0];
    }
    return loss;
  }
}
