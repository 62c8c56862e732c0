package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.linalg.AllKernels;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.KernelsContract;
import io.chartflow.model.linalg.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** However small a product, it is shared, by two threads. */
class SharedKernelsTest extends KernelsContract {

  private static final Workers WORKERS = new Workers(2);

  private static final Kernels SHARED = new SharedKernels(AllKernels.vector(), WORKERS, 0);

  SharedKernelsTest() {
    super(SHARED);
  }

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  @Test
  void aResultOfOtherRowsIsRefused() {
    Matrix a = Matrix.zeros(20, 3);
    Matrix b = Matrix.zeros(3, 4);
    assertThatThrownBy(() -> SHARED.multiplyAdd(a, b, Matrix.zeros(30, 4).top(19)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20")
        .hasMessageContaining("19");
  }
}
