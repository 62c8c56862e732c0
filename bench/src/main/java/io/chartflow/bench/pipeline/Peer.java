package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The Python consumer on the same broker: another process that reads, scores and writes. */
final class Peer {

  static final String SCORE = "score";
  static final String LEARN = "learn";

  private static final Path SCRIPT = Path.of("bench/peers/kafka_pytorch_consumer.py");

  /** The first part of what it reads warms it up. */
  private static final double WARM = 0.2;

  private static final long SECONDS = 10;

  private Peer() {}

  /**
   * Events a second over some seconds, or to the end of the topic.
   *
   * @param python interpreter that has what {@code bench/peers/requirements.txt} names
   * @param what {@link #SCORE} or {@link #LEARN}
   */
  static double measure(String python, String what, ChartflowConfig config, long events) {
    Process process = start(python, what, config);
    try (Reader reader = new Reader(config)) {
      Supplier<String> output = () -> what + " of the peer, which gave " + reader.count();
      Wait.until(() -> reader.count() > 0 || !process.isAlive(), output);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      Wait.until(
          () -> System.nanoTime() > end || reader.count() >= events || !process.isAlive(), output);
      if (!process.isAlive() && reader.count() < events) {
        throw new IllegalStateException(SCRIPT + " ended with status " + process.exitValue());
      }
      reader.close();
      return reader.marks().rate(WARM);
    } finally {
      stop(process);
    }
  }

  private static Process start(String python, String what, ChartflowConfig config) {
    List<String> words =
        List.of(
            python,
            SCRIPT.toString(),
            what,
            "--servers",
            config.kafka().bootstrapServers(),
            "--events",
            config.topics().events(),
            "--densities",
            config.topics().densities(),
            "--dimension",
            Integer.toString(config.schema().dimension()),
            "--batch",
            Integer.toString(config.model().training().batch()));
    try {
      return new ProcessBuilder(words).inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", words), e);
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
