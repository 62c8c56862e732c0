package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleSpline;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplineCouplingTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(1, 0, 4, 8, 4.0),
        map(2, 1, 16, 8, 4.0),
        map(2, 0, 3, 2, 1.0),
        map(3, 1, 32, 5, 2.0),
        map(3, 2, 7, 16, 3.0),
        map(7, 4, 17, 8, 4.0));
  }

  private static MapUnderTest map(int dimension, int kept, int width, int bins, double bound) {
    SplitMix random = new SplitMix(500 + 10 * dimension + kept);
    int codeDimension = 1 + dimension;
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer =
        new SplineCoupling(
            layout,
            dimension,
            kept,
            codeDimension,
            bins * 100,
            width,
            2.0,
            new SplineShape(bins, bound));
    return new LayerMap(
        "spline of %d features, %d kept, %d bins to %s".formatted(dimension, kept, bins, bound),
        layer,
        layout,
        new DoubleSpline(0, dimension, kept, codeDimension, width, 2.0, bins, bound),
        SomeCharts.of(dimension == 3 ? 1 : 5, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    ParameterLayout layout = new ParameterLayout();
    SplineCoupling layer = new SplineCoupling(layout, 3, 1, 2, 1, 8, 3.0, new SplineShape(8, 4));
    Applied applied = Applied.freshly(layer, layout, 3, 2);

    for (int i = 0; i < applied.x().data().length; i++) {
      assertThat(applied.y().data()[i]).isCloseTo(applied.x().data()[i], offset(1e-5f));
    }
    for (double logDet : applied.logDet()) {
      assertThat(logDet).isCloseTo(0, offset(1e-5));
    }
  }

  @Test
  void oneBinIsRefused() {
    assertThatThrownBy(() -> new SplineShape(1, 4))
        .hasMessage("a spline needs 2 to 256 bins and a positive bound, got 1 and 4.0");
  }
}
