package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An engine on vectors that has run for a while makes next to no objects, whatever the size of a
 * batch. Measured in a process of its own, {@link SteadyState}.
 */
class SteadyStateTest {

  /** Report, clocks, views and the tasks of passes, and no array of the batch. */
  private static final long BYTES_OF_A_STEP_OF_LEARNING = 6_000;

  private static final long BYTES_OF_A_STEP_OF_SCORING = 500;

  @Test
  void learningAndScoringMakeNextToNoObjects() throws Exception {
    List<Long> bytes =
        OwnProcess.run(
                SteadyState.class,
                Long.toString(BYTES_OF_A_STEP_OF_LEARNING),
                Long.toString(BYTES_OF_A_STEP_OF_SCORING))
            .stream()
            .map(Long::valueOf)
            .toList();

    assertThat(bytes.get(0)).as("a step of learning").isLessThan(BYTES_OF_A_STEP_OF_LEARNING);
    assertThat(bytes.get(1)).as("a step of scoring").isLessThan(BYTES_OF_A_STEP_OF_SCORING);
  }
}
