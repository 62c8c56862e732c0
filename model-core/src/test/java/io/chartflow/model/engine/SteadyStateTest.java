package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * An engine on vectors that has run for a while makes next to no objects, whatever the size of a
 * batch. Measured in a process of its own, {@link SteadyState}: whether vectors and views stay out
 * of memory depends on what else the machine has compiled.
 */
class SteadyStateTest {

  /** Report, clocks, views and the tasks of passes: some 3 kB, and no array of the batch. */
  private static final long BYTES_OF_A_STEP_OF_LEARNING = 6_000;

  private static final long BYTES_OF_A_STEP_OF_SCORING = 500;

  @Test
  void learningAndScoringMakeNextToNoObjects() throws Exception {
    List<String> lines = run();

    assertThat(lines).as("learning, scoring").hasSize(2);
    assertThat(Long.parseLong(lines.get(0)))
        .as("bytes of a step of learning")
        .isLessThan(BYTES_OF_A_STEP_OF_LEARNING);
    assertThat(Long.parseLong(lines.get(1)))
        .as("bytes of a step of scoring")
        .isLessThan(BYTES_OF_A_STEP_OF_SCORING);
  }

  private static List<String> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                SteadyState.class.getName(),
                Long.toString(BYTES_OF_A_STEP_OF_LEARNING),
                Long.toString(BYTES_OF_A_STEP_OF_SCORING))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().collect(Collectors.toList());
      assertThat(process.waitFor()).as("exit of the process").isZero();
      return lines;
    }
  }
}
