package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.Differences;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleInverseAutoregressive;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InverseAutoregressiveTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(1, true, 1, 4, 3.0),
        map(2, true, 3, 16, 3.0),
        map(2, false, 3, 3, 2.0),
        map(3, true, 8, 32, 1.0),
        map(7, true, 4, 17, 2.0),
        map(7, false, 2, 3, 1.0));
  }

  private static LayerMap map(
      int dimension, boolean natural, int codeDimension, int width, double bound) {
    SplitMix random = new SplitMix(600 + 10 * dimension + (natural ? 1 : 0));
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer =
        new InverseAutoregressive(layout, dimension, natural, codeDimension, width, bound);
    DoubleInverseAutoregressive twin =
        new DoubleInverseAutoregressive(0, dimension, natural, codeDimension, width, bound);
    assertThat(layout.size()).isEqualTo(twin.end());
    return new LayerMap(
        "inverse autoregressive of %d features, width %d, %s"
            .formatted(dimension, width, natural ? "natural order" : "reversed"),
        layer,
        layout,
        twin,
        SomeCharts.of(dimension == 3 ? 1 : 5, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    ParameterLayout layout = new ParameterLayout();
    InverseAutoregressive layer = new InverseAutoregressive(layout, 3, true, 2, 8, 3.0);
    Applied applied = Applied.freshly(layer, layout, 3, 2);

    assertThat(applied.y().data()).isEqualTo(applied.x().data());
    assertThat(applied.logDet()).containsOnly(0.0);
  }

  /** Whose charts and weights are those of the same seed. */
  @Test
  void itIsTheInverseOfTheAutoregressiveLayerWithItsWeights() {
    for (boolean natural : new boolean[] {true, false}) {
      Matrix x = SomeCharts.gaussian(20, 5, new SplitMix(3));
      Matrix inverse = SomeCharts.copy(x);
      int[] chart = SomeCharts.charts(20, 5, new SplitMix(4));
      map(5, natural, 2, 24, 2.0).forward(x, chart, new double[20]);
      AutoregressiveTest.map(5, natural, 2, 24, 2.0).inverse(inverse, chart);

      assertThat(x.data()).isEqualTo(inverse.data());
    }
  }

  @Test
  void theLogScalesAreTheDerivativesOfEachFeatureByItself() {
    LayerMap map = map(4, true, 3, 16, 2.0);
    Matrix x = SomeCharts.gaussian(9, 4, new SplitMix(5));
    int[] chart = SomeCharts.charts(9, map.charts(), new SplitMix(6));
    double[] logDet = new double[9];
    double[] logScales = new double[9 * 4];
    map.forward(SomeCharts.copy(x), chart, logDet);
    map.addLogScales(9, chart, logScales);

    double[] theta = widened(map.theta());
    for (int i = 0; i < 9; i++) {
      int k = chart[i];
      double[][] jacobian =
          Differences.jacobian(
              at -> map.twin().forward(theta, map.twinCharts(), k, at, new double[1]),
              DoubleCharts.rows(x)[i],
              4);
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        sum += logScales[4 * i + j];
        assertThat(logScales[4 * i + j]).isCloseTo(Math.log(jacobian[j][j]), offset(1e-4));
        for (int later = j + 1; later < 4; later++) {
          assertThat(jacobian[j][later]).isZero();
        }
      }
      assertThat(sum).isCloseTo(logDet[i], offset(1e-9));
    }
    assertThatThrownBy(() -> map(4, false, 3, 16, 2.0).addLogScales(1, chart, logScales))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the last feature comes first");
  }

  /** Some features within the network's reach, some beyond it. */
  @Test
  void farOutItHasTheValuesAndGradientsOfItsTwinToo() {
    LayerMap map = map(6, true, 3, 24, 3.0);
    SplitMix random = new SplitMix(7);
    Matrix x = SomeCharts.gaussian(15, 6, random);
    for (int at = 0; at < x.data().length; at++) {
      x.data()[at] *= 1000;
    }
    int[] chart = SomeCharts.charts(15, map.charts(), random);
    Matrix byOutput = SomeCharts.gaussian(15, 6, random);
    float[] byLogDet = SomeCharts.gaussian(15, 1, random).data();
    Matrix dRows = SomeCharts.copy(byOutput);
    Matrix y = SomeCharts.copy(x);
    map.forward(y, chart, new double[15]);
    float[] dTheta = map.backward(dRows, chart, byLogDet);

    TwinLoss loss = new TwinLoss(map, chart, byOutput, byLogDet);
    double[] theta = widened(map.theta());
    double[] flat = widened(x.data());
    Differences.assertSameGradient(
        "by inputs", dRows.data(), Differences.gradient(at -> loss.of(theta, at), flat), 23);
    Differences.assertSameGradient(
        "by weights", dTheta, Differences.gradient(at -> loss.of(at, flat), theta), 24);
    Matrix back = SomeCharts.copy(y);
    map.inverse(back, chart);
    for (int at = 0; at < flat.length; at++) {
      assertThat(back.data()[at]).isCloseTo(x.data()[at], offset(1e-4f * 1000));
    }
    assertThat(count(y, 0, 1000)).isGreaterThan(20);
    assertThat(count(y, 1000, Float.MAX_VALUE)).isGreaterThan(20);
  }

  private static int count(Matrix m, float from, float to) {
    int count = 0;
    for (float value : m.data()) {
      count += Math.abs(value) >= from && Math.abs(value) < to ? 1 : 0;
    }
    return count;
  }

  /** What is as far out as events are ever let in grows once, not with every feature. */
  @Test
  void manyFeaturesFarOutStayFinite() {
    int dimension = 48;
    LayerMap map = map(dimension, true, 2, 48, 3.0);
    SplitMix random = new SplitMix(8);
    Matrix x = SomeCharts.gaussian(50, dimension, random);
    for (int at = 0; at < x.data().length; at++) {
      x.data()[at] = Math.copySign(1e6f, x.data()[at]);
    }
    int[] chart = SomeCharts.charts(50, map.charts(), random);
    double[] logDet = new double[50];
    map.forward(x, chart, logDet);
    Matrix dRows = SomeCharts.copy(x);
    float[] gradient = map.backward(dRows, chart, SomeCharts.gaussian(50, 1, random).data());

    float grown = (float) (1.1e6 * Math.exp(3));
    for (int at = 0; at < x.data().length; at++) {
      assertThat(x.data()[at]).isBetween(-grown, grown);
      assertThat(dRows.data()[at]).isFinite();
    }
    for (float value : gradient) {
      assertThat(value).isFinite();
    }
    assertThat(logDet).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
  }
}
