package io.chartflow.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.linalg.Kernels;
import org.junit.jupiter.api.Test;

class WeightsTest {

  @Test
  void everySliceHasItsTransposedTwinThoseOfOneRowToo() {
    ParameterLayout layout = new ParameterLayout();
    ParameterLayout.Slice square = layout.matrix(2, 2);
    ParameterLayout.Slice row = layout.matrix(1, 3);
    Weights weights = new Weights(layout, new float[] {1, 2, 3, 4, 5, 6, 7});
    weights.refresh(Kernels.best());

    assertThat(square.transposedIn(weights.transposed()).get(0, 1)).isEqualTo(3);
    assertThat(row.transposedIn(weights.transposed()).get(2, 0)).isEqualTo(7);
    assertThat(layout.slices()).containsExactly(square, row);
  }

  @Test
  void theWrongNumberOfWeightsIsRefused() {
    ParameterLayout layout = new ParameterLayout();
    layout.matrix(2, 3);

    assertThatThrownBy(() -> new Weights(layout, new float[5]))
        .hasMessage("expected 6 weights, got 5");
  }
}
