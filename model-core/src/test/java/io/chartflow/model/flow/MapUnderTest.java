package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleLayer;

/** A layer, or a stack of them, with weights and charts, beside its twin in double precision. */
interface MapUnderTest {

  int dimension();

  /** Features of the output; fewer than {@link #dimension} behind an embedding. */
  default int outputs() {
    return dimension();
  }

  int charts();

  float[] theta();

  DoubleLayer twin();

  DoubleCharts twinCharts();

  void forward(Matrix rows, int[] chart, double[] logDet);

  void inverse(Matrix rows, int[] chart);

  /** Of the rows of the last {@link #forward} only these go backwards. */
  void keep(KeptRows kept);

  /** After {@link #forward} on the same rows; returns the gradient of the weights. */
  float[] backward(Matrix dRows, int[] chart, float[] dLogDet);
}
