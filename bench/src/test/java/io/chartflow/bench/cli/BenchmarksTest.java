package io.chartflow.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands, on as few events as there can be; what they measure here means nothing. */
class BenchmarksTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  private int bench(String... words) {
    CommandLine line = Benchmarks.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[words.length + 1];
    all[0] = "bench";
    System.arraycopy(words, 0, all, 1, words.length);
    return line.execute(all);
  }

  @Test
  void aShortStreamGoesFromKafkaToKafkaAndBecomesTables() {
    int code =
        bench(
            "pipeline",
            "--events",
            "133120",
            "--runs",
            "1",
            "--warmups",
            "0",
            "--seconds",
            "1",
            "--json",
            folder + "/pipeline.json",
            "--markdown",
            folder + "/pipeline.md");

    assertThat(code).as(err.toString()).isZero();
    assertThat(folder.resolve("pipeline.json")).content().contains("\"eventsPerSecond\"");
    assertThat(folder.resolve("pipeline.md"))
        .content()
        .contains("./chartflow bench pipeline --events 133120")
        .contains("| scored and learned |")
        .contains("| p99 of the delay, ms | at most 25.0 |");
  }

  @Test
  void anUnknownFormatIsToldThoseThereAre() {
    assertThat(bench("pipeline", "--format", "xml")).isEqualTo(2);
    assertThat(err.toString()).contains("--format must be one of json, packed-floats");
  }

  @Test
  void theGroupNamesItsBenchmarks() {
    assertThat(bench("--help")).isZero();
    assertThat(out.toString()).contains("pipeline");
  }
}
