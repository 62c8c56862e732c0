package io.chartflow.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands, on as few events as there can be. */
class ExperimentsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  private int run(String... args) {
    CommandLine line = Experiments.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(args);
  }

  private int paper(String... more) {
    String[] args = new String[8 + more.length];
    String[] first = {
      "experiment", "paper", "--seeds", "1", "--out", folder + "/out", "--results", folder + "/runs"
    };
    System.arraycopy(first, 0, args, 0, 8);
    System.arraycopy(more, 0, args, 8, more.length);
    return run(args);
  }

  @Test
  void aTinyStreamBecomesATable() {
    int code =
        paper("--way", "stream", "--sets", "helix", "--models", "realnvp", "--events", "130000");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("out/paper.md")).content().contains("| Helix | RealNVP | −0.1");
    assertThat(folder.resolve("out/paper.json")).content().contains("\"test_log_likelihood\"");
    assertThat(folder.resolve("runs/paper")).isDirectory();
  }

  @Test
  void anUnknownShapeIsToldThoseThereAre() {
    assertThat(paper("--sets", "helx")).isEqualTo(2);
    assertThat(err.toString()).contains("sets must be some of spherical, helix").contains("helx");
  }

  @Test
  void anUnknownFlowIsToldThoseThereAre() {
    assertThat(paper("--models", "glow")).isEqualTo(2);
    assertThat(err.toString()).contains("models must be some of realnvp, maf, cef, spline");
  }

  @Test
  void theLauncherNamesTheExperiments() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("experiment");
  }
}
