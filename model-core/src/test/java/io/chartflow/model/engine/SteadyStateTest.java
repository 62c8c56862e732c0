package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine on vectors that has run for a while makes no objects, neither when it learns nor when
 * it scores, whatever the size of a batch. Measured in a process of its own, {@link SteadyState}.
 */
class SteadyStateTest {

  @ParameterizedTest
  @ValueSource(strings = {"small", "sampled", "embedded", "usual", "wide", "shared"})
  void learningAndScoringMakeNoObjects(String model) throws Exception {
    assertThat(OwnProcess.run(SteadyState.class, model))
        .as("bytes of a round of learning, and of one of scoring")
        .containsExactly("0", "0");
  }
}
