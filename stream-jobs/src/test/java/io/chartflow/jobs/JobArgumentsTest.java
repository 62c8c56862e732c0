package io.chartflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {

  private static final String SCORE = "usage: ScoreJob --config FILE [--await-atlas[=10m]]";
  private static final String TRAIN = "usage: TrainJob --config FILE";

  @Test
  void theConfigurationIsNamedInEitherForm() {
    Path expected = Path.of("chartflow.yaml");

    assertThat(parse(TRAIN, "--config", "chartflow.yaml").config()).isEqualTo(expected);
    assertThat(parse(TRAIN, "--config=chartflow.yaml").config()).isEqualTo(expected);
  }

  @Test
  void nobodyWaitsForAnAtlasUnasked() {
    assertThat(parse(SCORE, "--config=c").awaitAtlas()).isNull();
  }

  @Test
  void theWaitForAnAtlasHasADefaultAndMayBeSaid() {
    assertThat(parse(SCORE, "--config=c", "--await-atlas").awaitAtlas())
        .isEqualTo(JobArguments.DEFAULT_PATIENCE);
    assertThat(parse(SCORE, "--config=c", "--await-atlas=90s").awaitAtlas())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aMistakeIsNamedBesideTheUsage() {
    assertRefused(TRAIN, "--config is missing");
    assertRefused(TRAIN, "not understood: --config", "--config");
    assertRefused(TRAIN, "not understood: --help", "--help");
    assertRefused(TRAIN, "not understood: --await-atlas", "--config=c", "--await-atlas");
    assertRefused(SCORE, "--await-atlas must be a duration", "--config=c", "--await-atlas=soon");
  }

  private static void assertRefused(String usage, String message, String... args) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(usage, args))
        .withMessageContaining(message)
        .withMessageContaining(usage);
  }

  private static JobArguments parse(String usage, String... args) {
    return JobArguments.parse(usage, args);
  }
}
