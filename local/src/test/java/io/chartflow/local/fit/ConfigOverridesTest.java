package io.chartflow.local.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.ConfigException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConfigOverridesTest {

  private static final AtlasConfig DEFAULTS = AtlasConfig.defaults(3);

  @Test
  void noSettingsChangeNothing() {
    assertThat(ConfigOverrides.apply(DEFAULTS, Map.of())).isEqualTo(DEFAULTS);
  }

  @Test
  void aSettingIsSetByItsDottedName() {
    AtlasConfig changed =
        ConfigOverrides.apply(
            DEFAULTS, Map.of("training.learningRate", "0.002", "charts.epsilon", "0"));
    assertThat(changed.training().learningRate()).isEqualTo(0.002);
    assertThat(changed.charts().epsilon()).isZero();
    assertThat(changed.flow()).isEqualTo(DEFAULTS.flow());
  }

  @Test
  void aWordOrAListOfLayersIsSetToo() {
    AtlasConfig changed =
        ConfigOverrides.apply(DEFAULTS, Map.of("flow.layers", "maf x 3", "flow.base", "ball"));
    assertThat(changed.flow().layers()).isEqualTo("maf×3");
    assertThat(changed.flow().base()).isEqualTo(BaseKind.BALL);
  }

  @Test
  void everyBadSettingIsNamed() {
    Map<String, String> settings =
        new TreeMap<>(Map.of("training.rate", "1", "flow.width", "wide", "flow", "3"));
    assertThatThrownBy(() -> ConfigOverrides.apply(DEFAULTS, settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("setting training.rate does not exist")
        .hasMessageContaining("setting flow does not exist")
        .hasMessageContaining("flow.width must be a number, got wide");
  }

  @Test
  void theRulesOfTheModelHold() {
    assertThatThrownBy(() -> ConfigOverrides.apply(DEFAULTS, Map.of("flow.width", "-4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.flow.width must be between 1 and 8192, got -4");
    assertThatThrownBy(() -> ConfigOverrides.apply(DEFAULTS, Map.of("flow.width", "1.5")))
        .isInstanceOf(ConfigException.class);
  }
}
