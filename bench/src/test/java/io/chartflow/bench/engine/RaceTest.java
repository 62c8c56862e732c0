package io.chartflow.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.bench.engine.Race.Entry;
import io.chartflow.bench.engine.Race.Leg;
import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.Machine;
import io.chartflow.bench.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races of models as small as there can be; what they measure means nothing. */
class RaceTest {

  private static final Shape TINY = new Shape(3, 8, 4, 2);

  @TempDir Path folder;

  @Test
  void aTinyRaceOfOurselvesBecomesATable() {
    StringWriter log = new StringWriter();
    Race race = new Race(folder, 1, new PrintWriter(log));
    race.run(
        new Leg(
            Programme.PEERS,
            TINY,
            List.of(Work.values()),
            List.of(64),
            0.01,
            List.of(new Entry(Contender.ours(), 1))));

    Report report = new Report("./chartflow bench", Machine.here(), Cell.of(race.records()));

    assertThat(race.records()).hasSize(2);
    assertThat(race.records())
        .allSatisfy(record -> assertThat(record.value(Pace.ROWS)).isGreaterThan(0));
    assertThat(new EngineReport(report).markdown()).contains("| 3x8x4x2 | score | 64 | 1 |");
    assertThat(log.toString()).contains("chartflow");
  }

  @Test
  void whoFailsIsNamedAndTheOthersAreMeasuredAllTheSame() {
    Race race = new Race(folder, 1, new PrintWriter(new StringWriter()));
    Contender broken = new Contender("broken", List.of("false"));

    race.run("kernels", List.of(broken, Contender.ourKernels(List.of("4x4x4"))));

    assertThat(race.failures()).singleElement().asString().startsWith("broken: expected one line");
    assertThat(race.records()).hasSize(1);
  }

  @Test
  void threeNumbersOfWorkersGiveTheSameBits() {
    assertThat(SameBits.hold(Prepared.in(folder, TINY))).isTrue();
  }

  @Test
  void aShapeIsReadAsItIsWritten() {
    assertThat(Shape.parse("3x64x64")).isEqualTo(Shape.of(3, 64, 64));
    assertThat(Shape.parse(TINY.name())).isEqualTo(TINY);
    Shape splines = new Shape(3, 64, 64, 2, "spline-coupling");
    assertThat(Shape.parse("3x64x64x2-spline-coupling")).isEqualTo(splines);
    assertThat(splines.name()).isEqualTo("3x64x64x2-spline-coupling");
    assertThat(splines.config(64).flow().layers()).isEqualTo("chart-affine, spline-coupling×2");
    assertThatThrownBy(() -> Shape.parse("3x64"))
        .hasMessage(
            "expected a shape as dimension x width x charts, for instance 3x64x64, got 3x64");
  }

  @Test
  void aTrialIsReadAsItIsWritten() {
    Trial trial = new Trial(TINY, folder, List.of(Work.SCORE), List.of(64, 256), 2, 0.5);

    assertThat(Trial.parse(trial.words().toArray(String[]::new))).isEqualTo(trial);
  }

  @Test
  void aPeerThatThereIsNotIsRefused() {
    assertThatThrownBy(
            () -> new EngineRace(folder, Sizes.QUICK, 1, List.of("tensorflow"), Path.of("python3")))
        .hasMessageContaining("--peers must be of [eager, compiled")
        .hasMessageEndingWith("got tensorflow");
  }
}
