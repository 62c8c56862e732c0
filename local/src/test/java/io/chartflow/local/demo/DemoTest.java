package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.local.data.DataSets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final int GOOD = 4_950;
  private static final int SPOILED = 50;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void everyRowOfAFileComesOutOnceAsADensityOrADeadLetter() throws Exception {
    Path file = directory.resolve("points.csv");
    Files.writeString(file, rows());
    DemoOptions options =
        DemoOptions.of(DataSets.file(file, List.of("a", "b"))).withEvents(GOOD + SPOILED);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    DemoReport report;
    try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
      report = new Demo(options, out, false).run();
    }
    assertThat(report.faults()).isEmpty();
    assertThat(report.events()).isEqualTo(GOOD + SPOILED);
    assertThat(report.densities()).isEqualTo(GOOD);
    assertThat(report.deadLetters()).isEqualTo(SPOILED);
    assertThat(report.atlasVersions()).isGreaterThanOrEqualTo(3);
    assertThat(report.prequentialLogLikelihood()).isFinite();
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("Settings derived from the length of the run", "First atlas after");
  }

  /** A Gaussian in two dimensions, with cells that are no numbers here and there. */
  private static String rows() {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("a,b,unused\n");
    int each = (GOOD + SPOILED) / SPOILED;
    for (int i = 0; i < GOOD + SPOILED; i++) {
      double x = random.nextGaussian();
      String y = i % each == 0 ? "broken" : Double.toString(x + 0.1 * random.nextGaussian());
      text.append(x).append(',').append(y).append(",0\n");
    }
    return text.toString();
  }
}
