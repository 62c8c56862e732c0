package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleRotation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RotationTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(map(1, 2, 1), map(2, 3, 5), map(3, 1, 1), map(7, 4, 5), map(12, 8, 2));
  }

  private static MapUnderTest map(int dimension, int codeDimension, int charts) {
    SplitMix random = new SplitMix(700 + dimension);
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer = new Rotation(layout, dimension, codeDimension);
    DoubleRotation twin = new DoubleRotation(0, dimension, codeDimension);
    assertThat(layout.size()).isEqualTo(twin.end());
    return new LayerMap(
        "rotation in " + dimension + " dimensions",
        layer,
        layout,
        twin,
        SomeCharts.of(charts, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    ParameterLayout layout = new ParameterLayout();
    Applied applied = Applied.freshly(new Rotation(layout, 5, 2), layout, 5, 2);

    for (int i = 0; i < applied.x().data().length; i++) {
      assertThat(applied.y().data()[i]).isCloseTo(applied.x().data()[i], offset(1e-6f));
    }
    assertThat(applied.logDet()).containsOnly(0.0);
  }

  @Test
  void lengthsStay() {
    maps()
        .forEach(
            map -> {
              SplitMix random = new SplitMix(8);
              Matrix x = SomeCharts.gaussian(20, map.dimension(), random);
              Matrix y = SomeCharts.copy(x);
              map.forward(y, SomeCharts.charts(20, map.charts(), random), new double[20]);
              for (int i = 0; i < 20; i++) {
                double length = Math.sqrt(squares(x, i));
                assertThat(Math.sqrt(squares(y, i))).isCloseTo(length, offset(1e-5 * length));
              }
            });
  }

  private static double squares(Matrix m, int row) {
    double sum = 0;
    for (int j = 0; j < m.cols(); j++) {
      sum += m.get(row, j) * m.get(row, j);
    }
    return sum;
  }
}
