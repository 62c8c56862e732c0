package io.chartflow.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ChartflowTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("(?s)chartflow \\d+\\.\\d+.*Java.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "fit", "produce", "train", "score", "sample", "atlas"})
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: chartflow " + command);
  }

  @Test
  void anUnknownFlagIsOneMessageAndExitCodeTwo() {
    assertMisused("--evnts", "demo", "--evnts", "5");
  }

  @Test
  void aValueThatIsNoNumberIsOneMessageAndExitCodeTwo() {
    assertMisused("'many' is not a long", "demo", "--events", "many");
  }

  @Test
  void allBadNumbersAreToldAtOnce() {
    assertMisused("--rate must be between", "demo", "--events", "-1", "--rate", "-2");
    assertThat(err.toString()).contains("--events must be between", "2 problems");
  }

  @Test
  void anUnknownDataSetIsToldWithThoseThereAre() {
    assertMisused("flights", "demo", "--dataset", "nonsense");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertMisused("no.csv", "demo", "--file", "no.csv", "--features", "a");
  }

  @Test
  void aFileNeedsFeatures() throws Exception {
    Path file = Files.writeString(directory.resolve("f.csv"), "a,b\n1,2\n");
    assertMisused("--file needs --features", "demo", "--file", file.toString());
    assertMisused("nope", "demo", "--file", file.toString(), "--features", "nope", "--events", "5");
  }

  @Test
  void aReportThatCannotBeWrittenIsToldBeforeTheRun() {
    assertMisused("--json must be a file", "demo", "--json", "/no/such/directory/out.json");
  }

  @Test
  void aDurationHasAUnit() {
    assertMisused("a duration such as", "demo", "--patience", "soon");
  }

  @Test
  void aConfigurationFileIsRequired() {
    assertMisused("--config", "train");
  }

  @Test
  void aConfigurationThatIsNotThereIsTold() {
    assertMisused("nowhere.yaml", "score", "--config", "nowhere.yaml");
  }

  @Test
  void atlasNeedsACommand() {
    assertMisused("atlas needs a command: show", "atlas");
  }

  private void assertMisused(String message, String... args) {
    assertThat(run(args)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).startsWith("chartflow: ").contains(message).doesNotContain("\tat ");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Chartflow.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
