package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleFlow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      assertThat(new ChartFlow(config, dimension, 4, 3).layout().size())
          .isEqualTo(new DoubleFlow(config, dimension, 4).size());
    }
  }

  @Test
  void aPermutationLiesBetweenTwoCouplingsUnlessThereIsNothingToPermute() {
    for (int dimension = 1; dimension <= 9; dimension++) {
      ChartFlow flow = new ChartFlow(FlowConfig.realNvp(2, 4, 3.0), dimension, 2, 3);
      assertThat(flow.layers()).hasSize(dimension == 1 ? 3 : 4);
      assertThat(flow.dimension()).isEqualTo(dimension);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 16, 'chart-affine, coupling×2'",
    "2, 8, 64, 'chart-affine, coupling×3'",
    "3, 8, 64, 'chart-affine, coupling×5'",
    "3, 2, 48, 'coupling, permutation, coupling'",
    "4, 3, 32, 'chart-affine, coupling×4'",
    "7, 3, 32, 'chart-affine, coupling×4'",
    "16, 8, 24, 'chart-affine, coupling×3'",
    "3, 8, 30, 'chart-affine, coupling×2'",
    "40, 8, 32, 'chart-affine, coupling×2'",
    "3, 3, 32, 'chart-affine, coupling×2, maf'"
  })
  void blocksGiveTheBitsOfRows(int dimension, int codeDimension, int width, String layers) {
    blocksGiveTheBitsOfRows(9, dimension, codeDimension, width, layers);
    blocksGiveTheBitsOfRows(1000, dimension, codeDimension, width, layers);
  }

  private static void blocksGiveTheBitsOfRows(
      int madeFor, int dimension, int codeDimension, int width, String layers) {
    SplitMix random = new SplitMix(77);
    FlowConfig config = FlowConfig.realNvp(1, width, 3.0).withLayers(layers);
    ChartSet charts = SomeCharts.of(9, dimension, codeDimension, random);
    ChartFlow flow = new ChartFlow(config, dimension, codeDimension, madeFor);
    Weights weights = SomeWeights.of(flow.layout(), flow.initialWeights(random));
    SomeCharts.disturb(weights.values(), random);
    weights.refresh(Kernels.best());
    List<Matrix> tables = flow.newTables(9);
    flow.fillTables(Kernels.best(), weights, charts, tables);
    ChartFlow.FlowRun run = flow.run();
    for (int n : new int[] {0, 1, 7, 8, 16, 31, 32, 40, 64, 100, 3}) {
      int[] chart = IntStream.range(0, n).map(i -> i * 5 % 9).toArray();
      FlowInputs inputs = new FlowInputs(Kernels.best(), weights, tables, chart);
      Rows rows = new Rows(dimension);
      Matrix x = SomeCharts.gaussian(n, dimension, random);
      System.arraycopy(x.data(), 0, rows.top(n).data(), 0, n * dimension);
      double[] expected = new double[n];
      double[] logDet = new double[n];
      run.forward(inputs, x, expected);
      run.score(inputs, charts.codes(), rows, n, logDet);

      assertThat(logDet).as("log-determinants of %d rows", n).isEqualTo(expected);
      assertThat(Arrays.copyOf(rows.data(), n * dimension)).isEqualTo(x.data());

      Matrix back = rows.top(n);
      run.inverse(inputs, charts.codes(), back);
      run.inverse(inputs, x);
      assertThat(Arrays.copyOf(back.data(), n * dimension)).as("inverse").isEqualTo(x.data());
    }
  }
}
