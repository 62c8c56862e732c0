package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleLayer;

/** One layer under test. */
final class LayerMap implements MapUnderTest {

  private final String name;
  private final FlowLayer layer;
  private final DoubleLayer twin;
  private final ChartSet charts;
  private final ParameterLayout layout;
  private final Kernels kernels = Kernels.best();
  private final Weights weights;
  private final Matrix table;
  private final FlowLayer.Run run;

  LayerMap(
      String name,
      FlowLayer layer,
      ParameterLayout layout,
      DoubleLayer twin,
      ChartSet charts,
      SplitMix random) {
    this.name = name;
    this.layer = layer;
    this.layout = layout;
    this.twin = twin;
    this.charts = charts;
    this.weights = new Weights(layout, new float[layout.size()]);
    layer.initialise(weights.values(), random);
    SomeCharts.disturb(weights.values(), random);
    weights.refresh(kernels);
    this.table = Matrix.zeros(charts.count(), layer.tableColumns());
    layer.fillTable(kernels, weights, charts, table);
    this.run = layer.run();
  }

  @Override
  public int dimension() {
    return charts.dimension();
  }

  @Override
  public int outputs() {
    return layer.outputs(charts.dimension());
  }

  @Override
  public int charts() {
    return charts.count();
  }

  @Override
  public float[] theta() {
    return weights.values();
  }

  @Override
  public DoubleLayer twin() {
    return twin;
  }

  @Override
  public DoubleCharts twinCharts() {
    return new DoubleCharts(charts);
  }

  @Override
  public void forward(Matrix rows, int[] chart, double[] logDet) {
    run.forward(new FlowPass(kernels, weights, table, chart), rows, logDet);
  }

  /** Of the last {@link #forward}. */
  void addLogScales(int rows, int[] chart, double[] logScales) {
    run.addLogScales(new FlowPass(kernels, weights, table, chart), rows, logScales);
  }

  @Override
  public void inverse(Matrix rows, int[] chart) {
    run.inverse(new FlowPass(kernels, weights, table, chart), rows);
  }

  @Override
  public void keep(KeptRows kept) {
    run.keep(kept);
  }

  @Override
  public float[] backward(Matrix dRows, int[] chart, float[] dLogDet) {
    Views gradient = new Views(layout, new float[layout.size()]);
    Matrix dTable = Matrix.zeros(charts.count(), layer.tableColumns());
    FlowPass pass = new FlowPass(kernels, weights, table, chart);
    run.backward(pass, dRows, dLogDet, new FlowLayer.LayerGradient(gradient, dTable));
    layer.tableBackward(kernels, weights, charts, dTable, gradient);
    return gradient.values();
  }

  @Override
  public String toString() {
    return name;
  }
}
