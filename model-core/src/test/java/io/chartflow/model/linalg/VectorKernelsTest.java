package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorKernelsTest extends KernelsContract {

  VectorKernelsTest() {
    super(VectorKernels.INSTANCE);
  }

  @Test
  void aMachineWithTheModuleComputesOnVectors() {
    assertThat(Kernels.best()).isSameAs(VectorKernels.INSTANCE);
    assertThat(Kernels.best().name()).contains("vectors of");
  }
}
