package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An engine on vectors that has run for a while makes no objects but those it hands out, whatever
 * the size of a batch. Measured in a process of its own, {@link SteadyState}.
 */
class SteadyStateTest {

  /**
   * The report and the clock after the step, which are values, some 450 bytes; in a model as small
   * as this one products of few columns too, which turn their result.
   */
  private static final long BYTES_OF_A_STEP_OF_LEARNING = 600;

  private static final long BYTES_OF_A_STEP_OF_SCORING = 8;

  @Test
  void learningAndScoringMakeNoObjectsButAReport() throws Exception {
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
