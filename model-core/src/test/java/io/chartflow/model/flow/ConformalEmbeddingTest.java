package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.Differences;
import io.chartflow.model.reference.DoubleEmbedding;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformalEmbeddingTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(map(2, 1, 2), map(3, 1, 2), map(3, 2, 3), map(5, 3, 2), map(17, 6, 4));
  }

  private static MapUnderTest map(int dimension, int latent, int codeDimension) {
    SplitMix random = new SplitMix(300 + 10 * dimension + latent);
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer = new ConformalEmbedding(layout, dimension, latent, codeDimension, 2.0);
    return new LayerMap(
        "embedding of %d in %d dimensions".formatted(latent, dimension),
        layer,
        layout,
        new DoubleEmbedding(0, dimension, latent, codeDimension, 2.0),
        SomeCharts.of(3, dimension, codeDimension, random),
        random);
  }

  @ParameterizedTest
  @MethodSource("maps")
  void theEmbeddingStretchesEveryDirectionAlike(MapUnderTest map) {
    SplitMix random = new SplitMix(31);
    DoubleEmbedding twin = (DoubleEmbedding) map.twin();
    double[] theta = widened(map.theta());
    int d = map.outputs();
    for (int k = 0; k < map.charts(); k++) {
      double[] u = widened(SomeCharts.gaussian(1, d, random).data());
      int chart = k;
      double[][] jacobian =
          Differences.jacobian(
              at -> twin.inverse(theta, map.twinCharts(), chart, at), u, map.dimension());
      double squaredScale = Math.exp(2 * twin.logScale(theta, map.twinCharts(), k, u));
      for (int a = 0; a < d; a++) {
        for (int b = 0; b < d; b++) {
          double product = 0;
          for (double[] gradient : jacobian) {
            product += gradient[a] * gradient[b];
          }
          assertThat(product / squaredScale).isCloseTo(a == b ? 1 : 0, offset(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void anEventOnTheSurfaceHasNoDistanceFromIt(MapUnderTest map) {
    SplitMix random = new SplitMix(32);
    Matrix x = SomeCharts.gaussian(40, map.dimension(), random);
    int[] chart = SomeCharts.charts(40, map.charts(), random);
    map.inverse(x, chart);
    map.forward(x, chart, new double[40]);

    for (int i = 0; i < 40; i++) {
      assertThat((double) x.get(i, map.outputs())).isBetween(0.0, 1e-10);
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void theDistanceIsThatOfTheEventFromItsImage(MapUnderTest map) {
    SplitMix random = new SplitMix(33);
    Matrix x = SomeCharts.gaussian(40, map.dimension(), random);
    Matrix u = SomeCharts.copy(x);
    int[] chart = SomeCharts.charts(40, map.charts(), random);
    map.forward(u, chart, new double[40]);
    Matrix image = SomeCharts.copy(u);
    map.inverse(image, chart);

    for (int i = 0; i < 40; i++) {
      double squares = 0;
      for (int j = 0; j < map.dimension(); j++) {
        squares += Math.pow(x.get(i, j) - image.get(i, j), 2);
      }
      assertThat((double) u.get(i, map.outputs())).isCloseTo(squares, offset(1e-4 * squares));
    }
  }

  @Test
  void startsAsAPlaneThroughEachChartsMean() {
    SplitMix random = new SplitMix(34);
    ParameterLayout layout = new ParameterLayout();
    ConformalEmbedding layer = new ConformalEmbedding(layout, 3, 2, 2, 3.0);
    float[] theta = new float[layout.size()];
    layer.initialise(theta, random);
    ChartSet charts = SomeCharts.of(1, 3, 2, random);
    Matrix table = Matrix.zeros(1, layer.tableColumns());
    Weights weights = SomeWeights.of(layout, theta);
    layer.fillTable(Kernels.best(), weights, charts, table);
    FlowPass pass = new FlowPass(Kernels.best(), weights, table, new int[1]);
    Matrix x = Matrix.of(new float[] {0.3f, -2, 0.7f}, 0, 1, 3);
    layer.run().forward(pass, x, new double[1]);

    double scale = 0;
    for (int j = 0; j < 3; j++) {
      scale += charts.variances().get(0, j) / 2;
    }
    scale = Math.sqrt(scale);
    assertThat((double) x.get(0, 0))
        .isCloseTo((0.3 - charts.means().get(0, 0)) / scale, offset(1e-5));
    assertThat((double) x.get(0, 1))
        .isCloseTo((-2 - charts.means().get(0, 1)) / scale, offset(1e-5));
    assertThat((double) x.get(0, 2))
        .isCloseTo(Math.pow(0.7 - charts.means().get(0, 2), 2), offset(1e-5));
  }

  @Test
  void atThePoleEverythingStaysFiniteAndTheDistanceIsAtMostTheSpheresDiameter() {
    SplitMix random = new SplitMix(35);
    ParameterLayout layout = new ParameterLayout();
    ConformalEmbedding layer = new ConformalEmbedding(layout, 3, 2, 2, 3.0);
    float[] theta = new float[layout.size()];
    layer.initialise(theta, random);
    ChartSet charts = SomeCharts.of(1, 3, 2, random);
    Matrix table = Matrix.zeros(1, layer.tableColumns());
    Weights weights = SomeWeights.of(layout, theta);
    layer.fillTable(Kernels.best(), weights, charts, table);
    float b = 0.5f;
    table.set(0, 4, b);
    float lambda = (float) Math.exp(table.get(0, 3));
    FlowPass pass = new FlowPass(Kernels.best(), weights, table, new int[7]);
    FlowLayer.Run run = layer.run();
    Matrix x = Matrix.zeros(7, 3);
    for (int i = 0; i < 7; i++) {
      float aside = i == 0 ? 0 : (float) Math.pow(10, -i);
      x.set(i, 0, table.get(0, 0) + aside);
      x.set(i, 1, table.get(0, 1));
      x.set(i, 2, table.get(0, 2) + lambda / b);
    }
    double[] logDet = new double[7];
    run.forward(pass, x, logDet);
    Matrix dRows = SomeCharts.gaussian(7, 3, random);
    Matrix dTable = Matrix.zeros(1, layer.tableColumns());
    FlowLayer.LayerGradient gradient =
        new FlowLayer.LayerGradient(new Views(layout, new float[layout.size()]), dTable);
    run.backward(pass, dRows, new float[] {1, 1, 1, 1, 1, 1, 1}, gradient);

    for (int i = 0; i < 7; i++) {
      assertThat(logDet[i]).isFinite();
      assertThat(x.get(i, 0)).isFinite();
      assertThat(x.get(i, 1)).isFinite();
      double diameter = lambda / b;
      assertThat((double) x.get(i, 2)).isBetween(0.0, 1.001 * diameter * diameter);
      assertThat(dRows.get(i, 0)).isFinite();
      assertThat(dRows.get(i, 2)).isFinite();
    }
    assertThat(dTable.data()).doesNotContain(Float.NaN);
    assertThat(dTable.data()).doesNotContain(Float.POSITIVE_INFINITY);
    assertThat(dTable.data()).doesNotContain(Float.NEGATIVE_INFINITY);
  }

  @Test
  void reflectionsReachEveryPlaneUntilThereAreTooMany() {
    assertThat(ConformalEmbedding.reflections(3, 2)).isEqualTo(2);
    assertThat(ConformalEmbedding.reflections(4, 2)).isEqualTo(4);
    assertThat(ConformalEmbedding.reflections(784, 32)).isEqualTo(8);
  }
}
