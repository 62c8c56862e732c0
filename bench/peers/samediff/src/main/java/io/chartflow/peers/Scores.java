package io.chartflow.peers;

/** Log-density in input units, most probable chart of each event, and posterior of its pairs. */
final class Scores {

  private final float logUnits;
  private float[] logDensity = {};
  private int[] chart = {};
  private float[] posterior = {};

  /**
   * No scores yet.
   *
   * @param logUnits log-density of input units less that of standardised ones
   */
  Scores(float logUnits) {
    this.logUnits = logUnits;
  }

  /** Takes over the log-densities log(weight_k p(x|k)) of pairs, which become posteriors. */
  void of(Cover cover, float[] pairs) {
    posterior = pairs;
    logDensity = new float[cover.events()];
    chart = new int[cover.events()];
    for (int i = 0; i < logDensity.length; i++) {
      int from = cover.first(i);
      int to = cover.first(i + 1);
      int best = from;
      for (int p = from + 1; p < to; p++) {
        best = pairs[p] > pairs[best] ? p : best;
      }
      float peak = pairs[best];
      float sum = 0;
      for (int p = from; p < to; p++) {
        pairs[p] = (float) Math.exp(pairs[p] - peak);
        sum += pairs[p];
      }
      for (int p = from; p < to; p++) {
        pairs[p] /= sum;
      }
      chart[i] = cover.chart(best);
      logDensity[i] = (float) (peak + Math.log(sum)) + logUnits;
    }
  }

  float[] logDensity() {
    return logDensity;
  }

  /** Most probable chart of each event. */
  int[] chart() {
    return chart;
  }

  /** Posterior of all pairs. */
  float[] posterior() {
    return posterior;
  }

  /** Mean log-density. */
  double mean() {
    double sum = 0;
    for (float value : logDensity) {
      sum += value;
    }
    return sum / logDensity.length;
  }
}
