package io.chartflow.model.flow;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleFlow;
import io.chartflow.model.reference.DoubleLayer;
import java.util.List;

/** A whole flow under test. */
final class StackMap implements MapUnderTest {

  private final String name;
  private final ChartFlow flow;
  private final DoubleFlow twin;
  private final ChartSet charts;
  private final Kernels kernels = Kernels.best();
  private final Weights weights;
  private final List<Matrix> tables;
  private final ChartFlow.FlowRun run;

  StackMap(FlowConfig config, ChartSet charts, int latent, SplitMix random) {
    int codeDimension = charts.codes().cols();
    this.name = config + " from " + charts.dimension() + " to " + latent + " dimensions";
    this.flow = new ChartFlow(config, charts.dimension(), latent, codeDimension, charts.count());
    this.twin = new DoubleFlow(config, charts.dimension(), latent, codeDimension);
    this.charts = charts;
    this.weights = new Weights(flow.layout(), flow.initialWeights(random));
    SomeCharts.disturb(weights.values(), random);
    weights.refresh(kernels);
    this.tables = flow.newTables(charts.count());
    flow.fillTables(kernels, weights, charts, tables);
    this.run = flow.run();
  }

  @Override
  public int dimension() {
    return charts.dimension();
  }

  @Override
  public int outputs() {
    return flow.latentDimension();
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
    run.forward(new FlowInputs(kernels, weights, tables, chart), rows, logDet);
  }

  @Override
  public void inverse(Matrix rows, int[] chart) {
    run.inverse(new FlowInputs(kernels, weights, tables, chart), rows);
  }

  @Override
  public void keep(KeptRows kept) {
    run.keep(kept);
  }

  @Override
  public float[] backward(Matrix dRows, int[] chart, float[] dLogDet) {
    List<FlowLayer.LayerGradient> gradients = flow.newGradients(charts.count());
    FlowInputs inputs = new FlowInputs(kernels, weights, tables, chart);
    run.backward(inputs, dRows, dLogDet, gradients);
    flow.tablesBackward(kernels, weights, charts, gradients);
    return gradients.get(0).theta().values();
  }

  @Override
  public String toString() {
    return name;
  }
}
