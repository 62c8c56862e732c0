package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.reference.OwnProcess;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A layer at work makes no garbage, once it has seen its numbers of rows and the compiler has seen
 * it: until it has, vectors are objects. Measured in a process of its own, {@link SteadyLayer}.
 */
class SteadyStateTest {

  /** Of 373 rows forward, inverse and back. */
  private static final int BYTES = 373;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chart-affine",
        "coupling",
        "spline-coupling",
        "maf",
        "iaf",
        "permutation",
        "rotation",
        "lu",
        "embedding"
      })
  void aLayerAllocatesLessThanAByteARow(String layer) throws Exception {
    List<String> bytes = OwnProcess.run(SteadyLayer.class, layer, Integer.toString(BYTES));

    assertThat(bytes).as("bytes").hasSize(1);
    assertThat(Long.parseLong(bytes.get(0))).isLessThanOrEqualTo(BYTES);
  }
}
