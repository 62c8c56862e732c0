package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleAutoregressive;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AutoregressiveTest extends FlowLayerContract {

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

  /** Seeded by its shape. */
  static LayerMap map(int dimension, boolean natural, int codeDimension, int width, double bound) {
    SplitMix random = new SplitMix(600 + 10 * dimension + (natural ? 1 : 0));
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer = new Autoregressive(layout, dimension, natural, codeDimension, width, bound);
    DoubleAutoregressive twin =
        new DoubleAutoregressive(0, dimension, natural, codeDimension, width, bound);
    assertThat(layout.size()).isEqualTo(twin.end());
    return new LayerMap(
        "autoregressive of %d features, width %d, %s"
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
    Autoregressive layer = new Autoregressive(layout, 3, true, 2, 8, 3.0);
    Applied applied = Applied.freshly(layer, layout, 3, 2);

    assertThat(applied.y().data()).isEqualTo(applied.x().data());
    assertThat(applied.logDet()).containsOnly(0.0);
  }

  @Test
  void aFeatureDependsOnTheOnesBeforeItOnly() {
    for (boolean natural : new boolean[] {true, false}) {
      LayerMap map = map(5, natural, 2, 24, 2.0);
      Matrix x = SomeCharts.gaussian(20, 5, new SplitMix(3));
      for (int moved = 0; moved < 5; moved++) {
        Matrix before = SomeCharts.copy(x);
        Matrix after = SomeCharts.copy(x);
        for (int i = 0; i < 20; i++) {
          after.set(i, moved, after.get(i, moved) + 1);
        }
        map.forward(before, new int[20], new double[20]);
        map.forward(after, new int[20], new double[20]);
        for (int j = 0; j < 5; j++) {
          assertThat(differ(before, after, j))
              .as("feature %d on feature %d, natural %s", j, moved, natural)
              .isEqualTo(natural ? j >= moved : j <= moved);
        }
      }
    }
  }

  @Test
  void theFirstFeatureDependsOnTheChart() {
    LayerMap map = map(4, true, 3, 32, 3.0);
    Matrix one = Matrix.zeros(5, 4);
    Matrix other = Matrix.zeros(5, 4);
    map.forward(one, new int[5], new double[5]);
    map.forward(other, new int[] {0, 1, 2, 3, 4}, new double[5]);

    assertThat(differ(one, other, 0)).isTrue();
  }

  @Test
  void maskedWeightsGetNoGradient() {
    LayerMap map = map(4, true, 3, 16, 3.0);
    SplitMix random = new SplitMix(4);
    int[] chart = SomeCharts.charts(9, map.charts(), random);
    map.forward(SomeCharts.gaussian(9, 4, random), chart, new double[9]);
    float[] gradient = map.backward(SomeCharts.gaussian(9, 4, random), chart, new float[9]);

    // Units 0 and 1 have degree 0: features are masked, and so are all later units.
    for (int feature = 0; feature < 3; feature++) {
      assertThat(gradient[feature * 16]).isZero();
      assertThat(gradient[feature * 16 + 1]).isZero();
    }
    int second = 3 * 16 + 16;
    for (int unit = 2; unit < 16; unit++) {
      assertThat(gradient[second + unit * 16]).isZero();
    }
  }

  private static boolean differ(Matrix a, Matrix b, int column) {
    for (int i = 0; i < a.rows(); i++) {
      if (a.get(i, column) != b.get(i, column)) {
        return true;
      }
    }
    return false;
  }
}
