package io.chartflow.bench.paper;

import io.chartflow.model.engine.EventBatch;
import java.util.Arrays;

/**
 * Events in space as seen from an oblique side: turned about the third axis, then tilted. One view
 * for all panels of a picture, its window from the real events.
 */
final class View {

  private static final double TURN = Math.toRadians(-75);
  private static final double TILT = Math.toRadians(20);
  private static final double MARGIN = 0.12;

  private final double[] window = new double[4];

  View(EventBatch real) {
    range(across(real), 0);
    range(up(real), 2);
  }

  private void range(double[] values, int at) {
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(1);
    double margin = MARGIN * (high - low);
    window[at] = low - margin;
    window[at + 1] = high + margin;
  }

  /** Lowest and highest across, then up. */
  double[] window() {
    return window.clone();
  }

  static double[] across(EventBatch events) {
    double[] out = new double[events.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.cos(TURN) * events.get(i, 0) - Math.sin(TURN) * events.get(i, 1);
    }
    return out;
  }

  static double[] up(EventBatch events) {
    double[] out = new double[events.size()];
    for (int i = 0; i < out.length; i++) {
      double depth = Math.sin(TURN) * events.get(i, 0) + Math.cos(TURN) * events.get(i, 1);
      out[i] = Math.cos(TILT) * events.get(i, 2) + Math.sin(TILT) * depth;
    }
    return out;
  }
}
