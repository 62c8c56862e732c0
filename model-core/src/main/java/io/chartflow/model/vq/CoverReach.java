package io.chartflow.model.vq;

import io.chartflow.model.config.ChartsConfig;

/** How far codes reach: the m smallest squared distances of an encoding, and what covers it. */
final class CoverReach {

  private final float[] smallest;
  private final float stretch;
  private final boolean open;

  CoverReach(ChartsConfig config) {
    this.smallest = new float[config.m()];
    this.stretch = (float) ((1 + config.epsilon()) * (1 + config.epsilon()));
    this.open = config.epsilon() > 0;
  }

  /** No distance yet: all are infinite. */
  void clear() {
    java.util.Arrays.fill(smallest, Float.POSITIVE_INFINITY);
  }

  /** The m-th smallest. */
  float bound() {
    return smallest[smallest.length - 1];
  }

  /** Takes a distance below {@link #bound}; whether it is the smallest of all. */
  boolean add(float squared) {
    int at = smallest.length - 1;
    for (; at > 0 && smallest[at - 1] > squared; at--) {
      smallest[at] = smallest[at - 1];
    }
    smallest[at] = squared;
    return at == 0;
  }

  /** Squared distances below this cover: the number after the m-th smallest if that is one. */
  float below() {
    return below(bound());
  }

  /** What covers where the m-th smallest is {@code bound}. */
  float below(float bound) {
    return (open && bound > 0) ? bound * stretch : Math.nextUp(bound);
  }
}
