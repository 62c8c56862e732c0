package io.chartflow.model.flow;

/** Bounded log-scales {@code s = S·tanh(h/S)}. */
final class Squash {

  private Squash() {}

  /**
   * {@code tanh(h/S)} as {@code 1 − 2/(exp(2h/S) + 1)}: exact at both ends, and exp is an intrinsic
   * of the virtual machine where tanh is not.
   */
  static float tanh(float h, double bound) {
    return (float) (1 - 2 / (Math.exp(2 * h / bound) + 1));
  }
}
