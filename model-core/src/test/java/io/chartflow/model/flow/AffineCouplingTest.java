package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleCoupling;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AffineCouplingTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(1, 0, 1, 4, 3.0),
        map(2, 0, 3, 5, 3.0),
        map(2, 1, 3, 16, 3.0),
        map(3, 1, 8, 33, 1.0),
        map(3, 2, 2, 7, 3.0),
        map(7, 4, 4, 17, 2.0),
        map(33, 17, 2, 5, 2.0),
        ofManyCharts(1, 0, 4, 16, 2.0),
        ofManyCharts(3, 1, 8, 33, 1.0),
        ofManyCharts(3, 2, 8, 64, 1.0),
        ofManyCharts(7, 4, 4, 17, 2.0),
        ofManyCharts(9, 8, 9, 16, 2.0));
  }

  private static MapUnderTest map(
      int dimension, int kept, int codeDimension, int width, double bound) {
    return map(3, dimension, kept, codeDimension, width, bound);
  }

  /** Layers that multiply the codes of each row, up to 16 inputs. */
  private static MapUnderTest ofManyCharts(
      int dimension, int kept, int codeDimension, int width, double bound) {
    return map(1000, dimension, kept, codeDimension, width, bound);
  }

  private static MapUnderTest map(
      int charts, int dimension, int kept, int codeDimension, int width, double bound) {
    SplitMix random = new SplitMix(200 + 10 * dimension + kept);
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer =
        new AffineCoupling(layout, dimension, kept, codeDimension, charts, width, bound);
    return new LayerMap(
        "coupling of %d features, %d kept, width %d, for %d charts"
            .formatted(dimension, kept, width, charts),
        layer,
        layout,
        new DoubleCoupling(0, dimension, kept, codeDimension, width, bound),
        SomeCharts.of(3, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    SplitMix random = new SplitMix(6);
    ParameterLayout layout = new ParameterLayout();
    AffineCoupling layer = new AffineCoupling(layout, 3, 1, 2, 1, 8, 3.0);
    float[] theta = new float[layout.size()];
    layer.initialise(theta, random);
    ChartSet charts = SomeCharts.of(2, 3, 2, random);
    Matrix table = Matrix.zeros(2, layer.tableColumns());
    Weights weights = SomeWeights.of(layout, theta);
    layer.fillTable(Kernels.best(), weights, charts, table);
    Matrix x = SomeCharts.gaussian(5, 3, random);
    Matrix y = SomeCharts.copy(x);
    double[] logDet = new double[5];
    int[] chart = {0, 1, 0, 1, 0};
    FlowPass pass = new FlowPass(Kernels.best(), weights, table, chart);
    layer.run().forward(pass, y, logDet);

    assertThat(y.data()).isEqualTo(x.data());
    assertThat(logDet).containsOnly(0.0);
  }

  @Test
  void noLogScaleIsBeyondItsBound() {
    ParameterLayout layout = new ParameterLayout();
    AffineCoupling layer = new AffineCoupling(layout, 1, 0, 1, 1, 2, 0.5);
    float[] theta = new float[layout.size()];
    java.util.Arrays.fill(theta, 1e3f);
    Matrix table = Matrix.zeros(1, layer.tableColumns());
    ChartSet charts = new ChartSet(Matrix.zeros(1, 1), Matrix.zeros(1, 1), Matrix.zeros(1, 1));
    Weights weights = SomeWeights.of(layout, theta);
    layer.fillTable(Kernels.best(), weights, charts, table);
    double[] logDet = new double[1];
    FlowPass pass = new FlowPass(Kernels.best(), weights, table, new int[1]);
    layer.run().forward(pass, Matrix.zeros(1, 1), logDet);

    assertThat(logDet[0]).isEqualTo(0.5);
  }
}
