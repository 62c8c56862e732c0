package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;

/** Weights that are ready to be used. */
final class SomeWeights {

  private SomeWeights() {}

  static Weights of(ParameterLayout layout, float[] theta) {
    Weights weights = new Weights(layout, theta);
    weights.refresh(Kernels.best());
    return weights;
  }
}
