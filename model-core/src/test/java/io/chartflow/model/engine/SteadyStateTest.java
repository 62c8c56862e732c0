package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  /** Now and then the compiler leaves vectors in memory for as long as the process lives. */
  private static final int MOST_PROCESSES = 4;

  @Test
  void learningAndScoringMakeNextToNoObjects() throws Exception {
    List<Long> bytes = run();
    for (int process = 1; process < MOST_PROCESSES && !isFew(bytes); process++) {
      bytes = run();
    }
    assertThat(isFew(bytes)).as("bytes of a step of learning and of scoring: %s", bytes).isTrue();
  }

  private static boolean isFew(List<Long> bytes) {
    return bytes.size() == 2
        && bytes.get(0) < BYTES_OF_A_STEP_OF_LEARNING
        && bytes.get(1) < BYTES_OF_A_STEP_OF_SCORING;
  }

  private static List<Long> run() throws IOException, InterruptedException {
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
      List<Long> bytes = out.lines().map(Long::valueOf).toList();
      assertThat(process.waitFor()).as("exit of the process").isZero();
      return bytes;
    }
  }
}
