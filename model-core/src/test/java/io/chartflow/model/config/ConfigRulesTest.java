package io.chartflow.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of every record: its message names the setting, the rule and what came. */
class ConfigRulesTest {

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        charts(0, 1, 0, "model.charts.count must be between 1 and 65536, got 0"),
        charts(65_537, 1, 0, "model.charts.count must be between 1 and 65536, got 65537"),
        charts(32, 40, 0, "model.charts.m must be between 1 and charts.count=32, got 40"),
        charts(32, 0, 0, "model.charts.m must be between 1 and charts.count=32, got 0"),
        charts(4, 1, -0.1, "model.charts.epsilon must be between 0.0 and 10.0, got -0.1"),
        charts(4, 1, Double.NaN, "model.charts.epsilon must be between 0.0 and 10.0, got NaN"),
        flow(
            "coupling×300",
            8,
            3,
            "model.flow.layers must be at most 256 of chart-affine, coupling"),
        flow("coupling×0", 8, 3, "got coupling×0"),
        flow("coupling, , lu", 8, 3, "got coupling, , lu"),
        flow("coupling×x", 8, 3, "got coupling×x"),
        flow("couplings", 8, 3, "each perhaps with ×n, got couplings"),
        flow("coupling", 0, 3, "model.flow.width must be between 1 and 8192, got 0"),
        flow("coupling", 8, 0, "model.flow.maxLogScale must be above 0 and at most 20, got 0.0"),
        flow("coupling", 8, 21, "model.flow.maxLogScale must be above 0 and at most 20, got 21.0"),
        quantizer(0, 8, 0.25, 0.99, "codeDimension must be between 1 and 1024, got 0"),
        quantizer(8, 8193, 0.25, 0.99, "width must be between 1 and 8192, got 8193"),
        quantizer(8, 8, -1, 0.99, "commitmentCost must be between 0.0 and 100.0, got -1.0"),
        quantizer(8, 8, 0.25, 1, "decay must be at least 0 and below 1, got 1.0"),
        training(1, 2, 1, 0, 0, 1, 1, 0, 0, 0, "batch must be between 2 and 1048576, got 1"),
        training(2, 1, 1, 0, 0, 1, 1, 0, 0, 0, "standardiserEvents must be between 2 and"),
        training(2, 2, 0, 0, 0, 1, 1, 0, 0, 0, "learningRate must be positive, got 0.0"),
        training(2, 2, 1, -1, 0, 1, 1, 0, 0, 0, "rateHalving must be between 0.0 and"),
        training(2, 2, 1, 0, 1, 1, 1, 0, 0, 0, "weightAverage must be at least 0 and below 1"),
        training(2, 2, 1, 0, 0, -5, 1, 0, 0, 0, "gradientClip must be positive, got -5.0"),
        training(2, 2, 1, 0, 0, 1, 0, 0, 0, 0, "chartLearningRate must be positive, got 0.0"),
        training(2, 2, 1, 0, 0, 1, 1, -1, 0, 0, "chartSettleSteps must be between 0 and"),
        training(2, 2, 1, 0, 0, 1, 1, 0, 2, 0, "chartRateFloor must be between 0.0 and 1.0"),
        training(2, 2, 1, 0, 0, 1, 1, 0, 0, -3, "flowDelay must be between 0 and 1073741824"),
        rule(
            () -> new FlowConfig("coupling", 8, 3, 1, BaseKind.GAUSSIAN),
            "model.flow.bins must be between 2 and"),
        rule(() -> new EmbeddingConfig(-1, 1, 1), "embedding.dimension must be between 0 and"),
        rule(() -> new CalibrationConfig(1023), "window must be between 1024 and 4194304, got"),
        rule(() -> new CalibrationConfig(1 << 23), "4194304, got 8388608"),
        rule(
            () -> new AdaptationConfig(-1, 0, 0, 0, 0),
            "adaptation.driftThreshold must be between 0.0 and 1000000.0, got -1.0"),
        rule(() -> new AdaptationConfig(0, -1, 0, 0, 0), "halfLife must be between 0 and"),
        rule(() -> new AdaptationConfig(0, 0, -1, 0, 0), "replayEvents must be between 0 and"),
        rule(() -> new AdaptationConfig(0, 0, 0, 2, 0), "replayShare must be between 0.0 and 1.0"),
        rule(
            () -> new AdaptationConfig(0, 0, 0, 0, 0.2),
            "adaptation.guard must be between 0.0 and 0.1, got 0.2"));
  }

  private static Arguments rule(Supplier<Object> construction, String message) {
    return Arguments.of(construction, message);
  }

  @Test
  void aGuardThatCouldNeverJudgeIsNamed() {
    AtlasConfig defaults = AtlasConfig.defaults(3);
    AdaptationConfig strict = AdaptationConfig.DEFAULTS.withGuard(1e-4);

    assertThat(defaults.withCalibration(new CalibrationConfig(1 << 18)).withAdaptation(strict))
        .isNotNull();
    assertThatThrownBy(() -> defaults.withAdaptation(strict))
        .hasMessage(
            "model.adaptation.guard must be 0, or at least 20/calibration.window ="
                + " 1.52587890625E-4, since it is judged by that many events, got 1.0E-4");
  }

  @Test
  void chartsOfALowerDimensionTakeNoTransformAndStayBelowTheEvents() {
    AtlasConfig defaults = AtlasConfig.defaults(2);

    assertThatThrownBy(() -> defaults.withEmbedding(EmbeddingConfig.of(2)))
        .hasMessageContaining("embedding.dimension must be below the number of features, 2");
    assertThatThrownBy(
            () ->
                defaults
                    .withEmbedding(EmbeddingConfig.of(1))
                    .withMarginals(List.of(MarginalKind.ASINH, MarginalKind.NONE)))
        .hasMessageContaining("embedding.dimension must be 0 where a feature has a transform");
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void aBrokenRuleIsNamedWithWhatCame(Supplier<Object> construction, String message) {
    assertThatThrownBy(construction::get)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDimensionOutOfRangeIsNamed() {
    assertThatThrownBy(() -> AtlasConfig.defaults(0))
        .hasMessage("model.dimension must be between 1 and 4096, got 0");
  }

  @Test
  void moreChartsThanABatchHoldsAreNamed() {
    AtlasConfig defaults = AtlasConfig.defaults(3);

    assertThatThrownBy(() -> defaults.withCharts(new ChartsConfig(600, 2, 0.1)))
        .hasMessageContaining("model.charts.count must be at most training.batch=512")
        .hasMessageContaining("got 600");
  }

  @Test
  void allProblemsOfARecordAreToldAtOnce() {
    assertThatThrownBy(() -> new FlowConfig("nice", 0, 99, 8, BaseKind.GAUSSIAN))
        .isInstanceOfSatisfying(
            ConfigException.class, failure -> assertThat(failure.problems()).hasSize(3))
        .hasMessageStartingWith("3 problems:");
  }

  private static Arguments charts(int count, int m, double epsilon, String message) {
    return broken(() -> new ChartsConfig(count, m, epsilon), message);
  }

  private static Arguments flow(String layers, int width, double bound, String message) {
    return broken(() -> new FlowConfig(layers, width, bound, 8, BaseKind.GAUSSIAN), message);
  }

  private static Arguments quantizer(
      int dimension, int width, double cost, double decay, String message) {
    return broken(
        () -> new QuantizerConfig(dimension, width, cost, decay), "model.quantizer." + message);
  }

  private static Arguments training(
      int batch,
      int standardiser,
      double rate,
      double halving,
      double average,
      double clip,
      double chartRate,
      int settle,
      double floor,
      int delay,
      String message) {
    return broken(
        () ->
            new TrainingConfig(
                batch, standardiser, rate, halving, average, clip, chartRate, settle, floor, delay),
        "training." + message);
  }

  private static Arguments broken(Supplier<Object> construction, String message) {
    return Arguments.of(construction, message);
  }
}
