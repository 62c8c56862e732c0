package io.chartflow.it.kafka;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that a test runs. */
public final class Command {

  private Command() {}

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output both of its streams, in the order they came
   */
  public record Result(int status, String output) {

    /** The output of a program that had to succeed. */
    public String orFail() {
      if (status != 0) {
        throw new IllegalStateException("expected status 0, got " + status + ": " + output);
      }
      return output;
    }
  }

  /** Runs a program here and waits for it. */
  public static Result run(String... words) {
    return run(Path.of(""), Map.of(), List.of(words));
  }

  /** Runs a program in a folder, with these variables added to its environment. */
  public static Result run(Path folder, Map<String, String> variables, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.directory(new File(folder.toAbsolutePath().toString()));
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + words, e);
    }
  }
}
