package io.chartflow.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.ops.MonitorMain.Arguments;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MonitorMainTest {

  @Test
  void theCommandLineNamesFileStateAndGuarantee() {
    assertThat(Arguments.parse("--config", "a.yaml", "--state", "s", "--at-least-once"))
        .isEqualTo(new Arguments(Path.of("a.yaml"), Path.of("s"), false));
  }

  @Test
  void exactlyOnceIsTheDefault() {
    assertThat(Arguments.parse("--config", "a.yaml").exactlyOnce()).isTrue();
  }

  @Test
  void whatIsWrongIsSaidWithTheUsage() {
    assertThatThrownBy(Arguments::parse).hasMessageContaining("--config is missing\nusage:");
    assertThatThrownBy(() -> Arguments.parse("--config"))
        .hasMessageContaining("--config wants a value");
    assertThatThrownBy(() -> Arguments.parse("--port", "1"))
        .hasMessageContaining("unknown argument --port");
  }
}
