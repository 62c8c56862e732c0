package io.chartflow.model.reference;

/** A map {@code y = f_k(x)} of one row, weights given from outside. */
public interface DoubleLayer {

  /** {@code f_k(x)}; adds {@code log|det J|} to {@code logDet[0]}. */
  double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet);
}
