package io.chartflow.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTextTest {

  private static final AtlasConfig DEFAULTS = AtlasConfig.defaults(3);

  @Test
  void everySettingComesBack() {
    AtlasConfig other =
        new AtlasConfig(
            3,
            List.of(MarginalKind.SPLINE, MarginalKind.NONE, MarginalKind.ASINH),
            new ChartsConfig(7, 3, 0.3, ChartPrior.RESPONSIBILITY),
            new QuantizerConfig(3, 5, 0.7, 0.9, EncoderKind.IDENTITY, CodebookUpdate.GRADIENT),
            new FlowConfig("lu + maf x 2, rotation", 9, 2.5, 4, BaseKind.BALL),
            EmbeddingConfig.DEFAULTS,
            DEFAULTS.training(),
            new AdaptationConfig(3.5, 1000, 64, 0.5, 1e-2),
            new CalibrationConfig(4096),
            -5);

    assertThat(ConfigText.read(ConfigText.write(other), DEFAULTS)).isEqualTo(other);
    assertThat(ConfigText.write(other))
        .contains("charts.epsilon=0x1.3333333333333p-2\n")
        .contains("flow.layers=lu + maf×2, rotation\n")
        .contains("marginals=spline,none,asinh\n");
  }

  @Test
  void aSettingThatTheTextDoesNotKnowHasItsOldMeaning() {
    String text = ConfigText.write(DEFAULTS).replaceAll("adaptation\\.guard=.*\n", "");
    AtlasConfig old = DEFAULTS.withAdaptation(DEFAULTS.adaptation().withGuard(0.05));

    assertThat(ConfigText.read(text, old)).isEqualTo(old);
  }

  @Test
  void whatIsNoSettingIsRefused() {
    assertThatThrownBy(() -> ConfigText.read("charts.number=3\n", DEFAULTS))
        .isInstanceOf(ConfigException.class)
        .hasMessage("expected a setting of a model, got charts.number=3");
    assertThatThrownBy(() -> ConfigText.read("charts.count=many\n", DEFAULTS))
        .hasMessageContaining("charts.count cannot be many");
    assertThatThrownBy(() -> ConfigText.read("flow.base=round\n", DEFAULTS))
        .hasMessageContaining("flow.base cannot be round: expected one of [gaussian, ball]");
    assertThatThrownBy(() -> ConfigText.read("charts.count=0\n", DEFAULTS))
        .hasMessageContaining("model.charts.count must be between");
  }
}
