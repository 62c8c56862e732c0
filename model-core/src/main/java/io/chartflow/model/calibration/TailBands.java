package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Doubles;

/**
 * How many events of each part of the tail may be calibrated on. The p-values below a level {@code
 * γ} are {@value #COUNT} bands, {@code [γ/2, γ), [γ/4, γ/2), …}, the last down to 0. Of the stream
 * itself a share {@code γ/2, γ/4, …} falls into each; a band earns its share, saves at most {@value
 * #SAVED}, and each event that goes in costs one. So the tail keeps its shape.
 *
 * <p>One allowance for the whole tail was tried and dropped: clutter, which lies far out, took the
 * place of the stream's own tail.
 */
final class TailBands {

  static final int COUNT = 8;

  private static final int SAVED = 32;

  private final double[] allowances = new double[COUNT];

  /** That have earned nothing. */
  TailBands() {}

  TailBands(Doubles allowances) {
    allowances.copyTo(this.allowances, 0);
  }

  /** Each band earns its part of {@code total}. */
  void earn(double total) {
    for (int band = 0; band < COUNT; band++) {
      double part = 1.0 / (1 << Math.min(band + 1, COUNT - 1));
      allowances[band] = Math.min(SAVED, allowances[band] + part * total);
    }
  }

  /** Pays for an event with {@code pValue < level}, if its band can. */
  boolean pay(double pValue, double level) {
    int band = Math.min(COUNT - 1, Math.getExponent(level / pValue));
    if (allowances[band] < 1) {
      return false;
    }
    allowances[band]--;
    return true;
  }

  Doubles state() {
    return Doubles.copyOf(allowances);
  }
}
