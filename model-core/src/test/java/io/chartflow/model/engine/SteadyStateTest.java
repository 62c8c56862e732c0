package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine on vectors that has run for a while makes no objects, neither when it learns nor when
 * it scores, whatever the size of a batch. Measured in a process of its own, {@link SteadyState}.
 */
class SteadyStateTest {

  /** A view of a number of rows that no step had before is 32 bytes, once. */
  private static final long BYTES_OF_A_STEP_OF_LEARNING = 8;

  private static final long BYTES_OF_A_STEP_OF_SCORING = 2;

  @ParameterizedTest
  @ValueSource(strings = {"small", "sampled", "embedded", "usual", "wide"})
  void learningAndScoringMakeNoObjects(String model) throws Exception {
    List<Long> bytes =
        OwnProcess.run(
                SteadyState.class,
                model,
                Long.toString(BYTES_OF_A_STEP_OF_LEARNING),
                Long.toString(BYTES_OF_A_STEP_OF_SCORING))
            .stream()
            .map(Long::valueOf)
            .toList();

    assertThat(bytes.get(0))
        .as("a step of learning")
        .isLessThanOrEqualTo(BYTES_OF_A_STEP_OF_LEARNING);
    assertThat(bytes.get(1))
        .as("a step of scoring")
        .isLessThanOrEqualTo(BYTES_OF_A_STEP_OF_SCORING);
  }
}
