package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/** A layer with its starting weights, applied to Gaussian rows. */
@SuppressWarnings("ArrayRecordComponent") // a test's own
record Applied(Matrix x, Matrix y, double[] logDet) {

  static Applied freshly(FlowLayer layer, ParameterLayout layout, int dimension, int codes) {
    SplitMix random = new SplitMix(6);
    float[] theta = new float[layout.size()];
    layer.initialise(theta, random);
    ChartSet charts = SomeCharts.of(2, dimension, codes, random);
    Matrix table = Matrix.zeros(2, layer.tableColumns());
    Weights weights = SomeWeights.of(layout, theta);
    layer.fillTable(Kernels.best(), weights, charts, table);
    Matrix x = SomeCharts.gaussian(50, dimension, random);
    Matrix y = SomeCharts.copy(x);
    double[] logDet = new double[50];
    int[] chart = SomeCharts.charts(50, 2, random);
    layer.run().forward(new FlowPass(Kernels.best(), weights, table, chart), y, logDet);
    return new Applied(x, y, logDet);
  }
}
