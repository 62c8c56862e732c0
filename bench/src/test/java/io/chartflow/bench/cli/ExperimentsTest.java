package io.chartflow.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands, on as few events as there can be; what they find here means nothing. */
class ExperimentsTest {

  private static final List<String> TINY =
      List.of(
          "--set", "training.batch=64",
          "--set", "training.flowDelay=4",
          "--set", "charts.count=8");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  private int run(List<String> words) {
    CommandLine line = Experiments.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(words.toArray(String[]::new));
  }

  private int experiment(String name, String... more) {
    List<String> words = new ArrayList<>(List.of("experiment", name, "--seeds", "1"));
    words.addAll(List.of("--out", folder + "/out", "--results", folder + "/runs"));
    words.addAll(List.of(more));
    return run(words);
  }

  private int tiny(String name, String... more) {
    List<String> words = new ArrayList<>(TINY);
    words.addAll(List.of("--set", "training.standardiserEvents=256"));
    words.addAll(List.of(more));
    return experiment(name, words.toArray(String[]::new));
  }

  @Test
  void aTinyStreamBecomesTablesAndPictures() {
    int code =
        tiny(
            "paper",
            "--way",
            "stream",
            "--sets",
            "helix",
            "--models",
            "realnvp",
            "--charts",
            "8",
            "--events",
            "3000");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("out/paper.md"))
        .content()
        .contains("| Helix | RealNVP | −0.1")
        .contains("(paper-stream-learning.png)");
    assertThat(folder.resolve("out/paper.json")).content().contains("\"test_log_likelihood\"");
    assertThat(folder.resolve("out/paper-stream-learning.png")).isNotEmptyFile();
  }

  @Test
  void twoEpochsOverPointsWithEachPartitionBecomeATable() {
    List<String> words = new ArrayList<>(TINY.subList(2, 4));
    words.addAll(
        List.of("--epochs", "2", "--charts", "4", "--rates", "0.001", "--rate-epochs", "1"));

    assertThat(experiment("ablation", words.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(folder.resolve("out/ablation.md"))
        .content()
        .contains("| 4 | −")
        .contains("| 0.001 | −");
    assertThat(folder.resolve("out/ablation.png")).isNotEmptyFile();
  }

  @Test
  void aTinyChangeAndALittleClutterBecomeTables() {
    int code =
        tiny(
            "drift",
            "--scenarios",
            "shift",
            "--sets",
            "helix",
            "--events",
            "2000",
            "--threads",
            "1");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("out/drift.md"))
        .content()
        .contains("| shift | the shape jumps aside")
        .contains("| helix | −0.1");
    assertThat(folder.resolve("out/drift.png")).isNotEmptyFile();
  }

  @Test
  void pValuesOfATinyStreamBecomeATable() {
    int code = tiny("calibration", "--sets", "helix", "--events", "4000", "--fresh-events", "1000");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("out/calibration.md")).content().contains("| helix | 0.");
  }

  @Test
  void aFewFlightsBecomeATable() {
    int code =
        tiny(
            "flights",
            "--models",
            "suggested,charts,realnvp,kde",
            "--passes",
            "1",
            "--rows",
            "4000",
            "--test-rows",
            "500");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("out/flights.md"))
        .content()
        .contains("| global RealNVP | 1 | −")
        .contains("| Gaussian KDE | 1 | −");
  }

  @Test
  void aFewEventsOfTheSphereBecomeATable() {
    assertThat(tiny("surface", "--models", "realnvp", "--events", "4000"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("out/surface.md")).content().contains("| RealNVP | −1.8");
  }

  @Test
  void anUnknownShapeIsToldThoseThereAre() {
    assertThat(experiment("paper", "--sets", "helx")).isEqualTo(2);
    assertThat(err.toString()).contains("sets must be some of spherical, helix").contains("helx");
  }

  @Test
  void anUnknownFlowIsToldThoseThereAre() {
    assertThat(experiment("paper", "--models", "glow")).isEqualTo(2);
    assertThat(err.toString()).contains("models must be some of realnvp, maf, cef, spline");
  }

  @Test
  void anUnknownScenarioIsToldThoseThereAre() {
    assertThat(experiment("drift", "--scenarios", "flood")).isEqualTo(2);
    assertThat(err.toString()).contains("scenarios must be some of shift, split, vanish");
  }

  @Test
  void theLauncherNamesTheExperiments() {
    assertThat(run(List.of("--help"))).isZero();
    assertThat(out.toString()).contains("experiment");
  }
}
