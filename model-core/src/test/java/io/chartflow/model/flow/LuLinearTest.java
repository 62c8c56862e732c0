package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleLu;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LuLinearTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(map(1, 1, 0.5), map(2, 5, 3.0), map(3, 1, 1.0), map(7, 5, 3.0));
  }

  private static MapUnderTest map(int dimension, int charts, double bound) {
    SplitMix random = new SplitMix(800 + dimension);
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer = new LuLinear(layout, dimension, bound);
    return new LayerMap(
        "linear map of " + dimension + " features",
        layer,
        layout,
        new DoubleLu(0, dimension, bound),
        SomeCharts.of(charts, dimension, 2, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    ParameterLayout layout = new ParameterLayout();
    Applied applied = Applied.freshly(new LuLinear(layout, 5, 3.0), layout, 5, 2);

    assertThat(applied.y().data()).isEqualTo(applied.x().data());
    assertThat(applied.logDet()).containsOnly(0.0);
  }
}
