package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A layer at work makes no garbage, once it has seen its numbers of rows and the compiler has seen
 * it: until it has, vectors are objects. Measured in a process of its own, {@link SteadyLayer}.
 */
class SteadyStateTest {

  @ParameterizedTest
  @CsvSource({
    "chart-affine, 5, 32",
    "coupling, 5, 32",
    "coupling, 40, 256",
    "spline-coupling, 5, 32",
    "maf, 5, 32",
    "iaf, 5, 32",
    "permutation, 5, 32",
    "rotation, 5, 32",
    "lu, 5, 32",
    "embedding, 5, 32"
  })
  void aLayerMakesNoObjects(String layer, String features, String width) throws Exception {
    List<String> bytes = OwnProcess.run(SteadyLayer.class, layer, features, width);

    assertThat(bytes).as("bytes of a round").containsExactly("0");
  }
}
