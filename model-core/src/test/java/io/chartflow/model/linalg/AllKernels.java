package io.chartflow.model.linalg;

/** Each implementation by its name, for tests that compute with one or the other. */
public final class AllKernels {

  private AllKernels() {}

  /** Plain Java. */
  public static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /** On vectors. */
  public static Kernels vector() {
    return VectorKernels.INSTANCE;
  }
}
