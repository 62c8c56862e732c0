package io.chartflow.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.local.cli.Chartflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A configuration with ten mistakes gets one message that names all ten with rule and value. */
class ConfigMistakesTest {

  private static final String TEN_MISTAKES =
      """
      kafka:
        bootstrapServers: nowhere
      schema:
        fields:
          - name: x
            resolution: -1
          - name: y
            min: 5
            max: 2
        maxBytes: 0
      topics:
        events: "bad topic"
      model:
        charts:
          count: 32
          m: 40
      training:
        learningRate: 0
      publishing:
        everyEvents: 0
      flink:
        parallelism: 0
      monitor:
        port: 70000
      """;

  @ParameterizedTest
  @ValueSource(strings = {"train", "score"})
  void tenMistakesAreToldAtOnceWithRuleAndValue(String command, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("chartflow.yaml"), TEN_MISTAKES);
    StringWriter err = new StringWriter();
    CommandLine line = Chartflow.commandLine().setErr(new PrintWriter(err));

    int status = line.execute(command, "--config", file.toString());

    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .contains("10 problems")
        .containsPattern("kafka.bootstrapServers must be host:port.*nowhere")
        .containsPattern("resolution must be .*-1")
        .containsPattern("min must be below max=2.0, got 5.0")
        .containsPattern("schema.maxBytes must be between 2 and \\d+, got 0")
        .containsPattern("topics.events must be a Kafka topic name.*bad topic")
        .containsPattern("charts.m must be between 1 and .*32, got 40")
        .containsPattern("training.learningRate must be positive, got 0.0")
        .containsPattern("publishing.everyEvents must be between 1 and \\d+, got 0")
        .containsPattern("flink.parallelism must be between 1 and \\d+, got 0")
        .containsPattern("monitor.port must be between \\d+ and 65535, got 70000");
  }
}
