package io.chartflow.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every default, once more, so that none changes by accident; and the hash that stands for all. */
class ConfigDefaultsTest {

  @Test
  void chartsAreSixtyFourThatOverlap() {
    assertThat(ChartsConfig.DEFAULTS).isEqualTo(new ChartsConfig(64, 2, 0.1));
    assertThat(ChartsConfig.single()).isEqualTo(new ChartsConfig(1, 1, 0.0));
  }

  @Test
  void theQuantizerHasEightDimensionsOfCode() {
    assertThat(QuantizerConfig.DEFAULTS).isEqualTo(new QuantizerConfig(8, 64, 0.25, 0.99));
  }

  @Test
  void theFlowHasFiveCouplings() {
    assertThat(FlowConfig.DEFAULTS)
        .isEqualTo(new FlowConfig("chart-affine, coupling×5", 64, 3.0, 8, BaseKind.GAUSSIAN))
        .isEqualTo(FlowConfig.realNvp(5, 64, 3.0));
  }

  @Test
  void trainingKeepsTwoTimeScales() {
    assertThat(TrainingConfig.DEFAULTS)
        .isEqualTo(new TrainingConfig(512, 8192, 5e-3, 300, 0.998, 5.0, 1e-3, 300, 0.02, 200));
  }

  @Test
  void theDefaultModelIsMadeOfTheDefaults() {
    AtlasConfig config = AtlasConfig.defaults(3);

    assertThat(config.dimension()).isEqualTo(3);
    assertThat(config.charts()).isEqualTo(ChartsConfig.DEFAULTS);
    assertThat(config.quantizer()).isEqualTo(QuantizerConfig.DEFAULTS);
    assertThat(config.flow()).isEqualTo(FlowConfig.DEFAULTS);
    assertThat(config.training()).isEqualTo(TrainingConfig.DEFAULTS);
    assertThat(config.seed()).isZero();
  }

  @Test
  void theHashStandsForEveryPart() {
    AtlasConfig config = Fixed.CONFIG;

    assertThat(config.hash()).isEqualTo(Fixed.HASH).matches("[0-9a-f]{16}");
    assertThat(config.withSeed(1).hash()).isNotEqualTo(config.hash());
    assertThat(config.withCharts(ChartsConfig.single()).hash()).isNotEqualTo(config.hash());
    assertThat(config.withFlow(FlowConfig.realNvp(4, 64, 3.0)).hash()).isNotEqualTo(config.hash());
    TrainingConfig slower =
        new TrainingConfig(512, 8192, 1e-3, 300, 0.998, 5.0, 1e-3, 300, 0.02, 200);
    assertThat(config.withTraining(slower).hash()).isNotEqualTo(config.hash());
    assertThat(config.withSeed(1).withSeed(0).hash()).isEqualTo(config.hash());
  }

  /** A configuration that names every number itself, and the hash that it must have for ever. */
  private static final class Fixed {

    private static final AtlasConfig CONFIG =
        new AtlasConfig(
            3,
            List.of(MarginalKind.NONE, MarginalKind.ASINH, MarginalKind.SPLINE),
            new ChartsConfig(64, 2, 0.1, ChartPrior.COVERAGE),
            new QuantizerConfig(8, 64, 0.25, 0.99, EncoderKind.NETWORK, CodebookUpdate.EMA),
            new FlowConfig("chart-affine, coupling×5", 64, 3.0, 8, BaseKind.GAUSSIAN),
            new EmbeddingConfig(0, 1, 100),
            new TrainingConfig(
                512, 8192, 5e-3, 300, 0.998, 5.0, 1e-3, 300, 0.02, 200, Objective.MARGINAL),
            new AdaptationConfig(8, 0, 0, 0.25, 0),
            new CalibrationConfig(1 << 17),
            0L);
    private static final String HASH = "491a372c5f148fb8";
  }
}
