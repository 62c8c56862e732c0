package io.chartflow.model.linalg;

class ScalarKernelsTest extends KernelsContract {

  ScalarKernelsTest() {
    super(ScalarKernels.INSTANCE);
  }
}
