package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleFlow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartFlowTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(FlowConfig.realNvp(2, 6, 2.0), 1, 2),
        map(FlowConfig.realNvp(0, 6, 3.0), 2, 2),
        map(FlowConfig.realNvp(3, 8, 2.0), 2, 3),
        map(FlowConfig.realNvp(5, 9, 2.0), 3, 8),
        map(FlowConfig.realNvp(5, 8, 1.0), 7, 2),
        map(stack("chart-affine, spline-coupling×3"), 2, 3),
        map(stack("chart-affine, maf×3"), 3, 2),
        map(stack("chart-affine, iaf×5"), 4, 3),
        map(stack("iaf, coupling, maf, iaf, spline-coupling"), 5, 2),
        map(stack("chart-affine, coupling + rotation + spline-coupling + lu"), 4, 3),
        map(stack("rotation, maf, coupling, permutation, spline-coupling, lu, maf"), 5, 2),
        map(stack("chart-affine, coupling, maf, spline-coupling, rotation, lu, permutation"), 1, 2),
        map(stack("chart-affine, spline-coupling×2, maf"), 4, 2, 2),
        map(FlowConfig.realNvp(3, 6, 2.0), 3, 2, 2),
        map(FlowConfig.realNvp(2, 6, 2.0), 3, 1, 2),
        map(FlowConfig.realNvp(3, 5, 1.0), 7, 4, 2));
  }

  private static FlowConfig stack(String layers) {
    return FlowConfig.realNvp(1, 7, 1.0).withLayers(layers);
  }

  private static MapUnderTest map(FlowConfig config, int dimension, int latent, int codeDimension) {
    SplitMix random = new SplitMix(450 + dimension + latent);
    ChartSet charts = SomeCharts.of(3, dimension, codeDimension, random);
    return new StackMap(config, charts, latent, random);
  }

  private static MapUnderTest map(FlowConfig config, int dimension, int codeDimension) {
    SplitMix random = new SplitMix(400 + dimension);
    ChartSet charts = SomeCharts.of(3, dimension, codeDimension, random);
    return new StackMap(config, charts, dimension, random);
  }

  @Test
  void weightsLieWhereTheTwinReadsThem() {
    for (int dimension = 1; dimension <= 9; dimension++) {
      FlowConfig config = FlowConfig.realNvp(6, 5, 3.0);
      assertThat(new ChartFlow(config, dimension, 4).layout().size())
          .isEqualTo(new DoubleFlow(config, dimension, 4).size());
    }
  }

  @Test
  void aPermutationLiesBetweenTwoCouplingsUnlessThereIsNothingToPermute() {
    for (int dimension = 1; dimension <= 9; dimension++) {
      ChartFlow flow = new ChartFlow(FlowConfig.realNvp(2, 4, 3.0), dimension, 2);
      assertThat(flow.layers()).hasSize(dimension == 1 ? 3 : 4);
      assertThat(flow.dimension()).isEqualTo(dimension);
    }
  }
}
