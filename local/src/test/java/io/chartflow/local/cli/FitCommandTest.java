package io.chartflow.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class FitCommandTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int fit(String... arguments) {
    return new CommandLine(new FitCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void aFitOfOneChartWritesItsResult() throws IOException {
    Path json = directory.resolve("fit.json");
    int exit =
        fit(
            "--dataset=rings",
            "--events=6000",
            "--seed=7",
            "--charts=1",
            "--batch=64",
            "--test-events=100",
            "--workers=1",
            "--set=training.standardiserEvents=512",
            "--set=training.flowDelay=5",
            "--json=" + json);
    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    JsonNode result = new ObjectMapper().readTree(Files.readString(json));
    assertThat(result.path("dataset").asText()).isEqualTo("rings");
    assertThat(result.path("events").asLong()).isEqualTo(6000);
    assertThat(result.path("seed").asLong()).isEqualTo(7);
    assertThat(result.path("charts").asInt()).isEqualTo(1);
    assertThat(result.path("charts_used").asInt()).isEqualTo(1);
    assertThat(out.toString()).contains("fit: rings, 6,000 events, 1 charts, seed 7");
  }

  @Test
  void badFlagsEndWithTwoAndSayWhatWasExpected() {
    assertThat(fit("--dataset=helx")).isEqualTo(2);
    assertThat(fit("--charts=0")).isEqualTo(2);
    assertThat(fit("--events=10")).isEqualTo(2);
    assertThat(fit("--features=a,b")).isEqualTo(2);
    assertThat(fit("--file=no.csv", "--features=a")).isEqualTo(2);
    assertThat(fit("--dataset=helix", "--file=no.csv", "--features=a")).isEqualTo(2);
    assertThat(fit("--workers=0")).isEqualTo(2);
    assertThat(fit("--set=flow.depth=3")).isEqualTo(2);
    assertThat(fit("--json=" + directory)).isEqualTo(2);
    assertThat(fit("--nonsense")).isEqualTo(2);
    assertThat(err.toString())
        .contains("fit: dataset must be one of helix, knotted")
        .contains("model.charts.count must be between 1 and 65536, got 0")
        .contains("events must be above 111104")
        .contains("--features must come with --file")
        .contains("file must be a file that exists, got no.csv")
        .contains("--dataset and --file exclude each other")
        .contains("--workers must be at least 1, got 0")
        .contains("setting flow.depth does not exist")
        .contains("--json must be a file")
        .contains("Unknown option: '--nonsense'");
  }

  @Test
  void theHelpNamesTheDataSets() {
    assertThat(fit("--help")).isZero();
    assertThat(out.toString()).contains("interlocked-circles,").contains("flights");
  }
}
