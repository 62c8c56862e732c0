package io.chartflow.bench.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.report.Cell;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartChoiceTest {

  private static RunRecord run(
      String way, String charts, String seed, double test, Double... validation) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("way", way);
    labels.put("set", "helix");
    labels.put("model", "maf");
    labels.put("charts", charts);
    labels.put("seed", seed);
    return new RunRecord(
        "paper",
        labels,
        "",
        Map.of(),
        "jvm",
        Map.of("test_log_likelihood", test, "seconds", 2.0),
        Map.of("log_likelihood", Arrays.asList(validation)));
  }

  /** The test prefers the other candidate both times, and is not asked. */
  @Test
  void eachSeedTakesTheNumberWhoseBestEpochValidatesBest() {
    List<RunRecord> chosen =
        ChartChoice.chosen(
            List.of(
                run("paper", "8", "0", -1, -3.0, -1.5, -2.0),
                run("paper", "64", "0", 0, -2.0, Double.NaN, -1.6),
                run("paper", "1", "0", 9, 9.0),
                run("paper", "8", "1", 0, -2.0),
                run("paper", "64", "1", -1, -1.0)));

    assertThat(chosen).extracting(run -> run.label("charts")).containsOnly("chosen");
    assertThat(chosen).extracting(run -> run.value("charts")).containsExactly(8.0, 64.0);
    assertThat(chosen)
        .extracting(run -> run.value("test_log_likelihood"))
        .containsExactly(-1.0, -1.0);
  }

  @Test
  void aChoiceCostsAllItsCandidates() {
    List<RunRecord> records =
        List.of(run("paper", "8", "0", 0, 0.0), run("paper", "64", "0", 0, 1.0));

    assertThat(ChartChoice.chosen(records))
        .extracting(run -> run.value("seconds"))
        .containsOnly(4.0);
  }

  @Test
  void whatWasChosenHasACellBehindTheOthers() {
    List<RunRecord> records =
        List.of(
            run("paper", "8", "0", 0, 0.0),
            run("paper", "64", "0", 0, 1.0),
            run("paper", "1", "0", 0, 0.0));

    assertThat(ChartChoice.cells(records))
        .extracting((Cell cell) -> cell.label("charts"))
        .containsExactly("8", "64", "1", "chosen");
    assertThat(ChartChoice.winners(records))
        .extracting(run -> run.label("charts"))
        .containsExactly("1", "64");
  }

  /** A stream has no points to validate on, and one candidate is no choice. */
  @Test
  void otherwiseThereIsNoChoice() {
    List<RunRecord> records =
        List.of(
            run("stream", "8", "0", 0, 0.0),
            run("stream", "64", "0", 0, 1.0),
            run("paper", "32", "0", 0, 0.0),
            run("paper", "1", "0", 0, 0.0));

    assertThat(ChartChoice.chosen(records)).isEmpty();
    assertThat(ChartChoice.winners(records)).isEqualTo(records);
  }
}
