package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.marginal.FeatureMap;

/**
 * The density of the features before an event's first gap, exact: {@code p(x_<m) = Σ_k p_k Π_{j<m}
 * p_k(x_j|x_<j)} over all charts, since which charts cover an event takes all of its features to
 * say. Units of those features.
 */
final class ObservedDensity {

  private final FeatureMap features;
  private final ChainRule chain;
  private final double[] logPrior;
  private final int[] charts;
  private final double[] logDensities;

  ObservedDensity(FeatureMap features, ChainRule chain, double[] logPrior) {
    this.features = features;
    this.chain = chain;
    this.logPrior = logPrior;
    this.charts = new int[logPrior.length];
    for (int k = 0; k < charts.length; k++) {
      charts[k] = k;
    }
    this.logDensities = new double[features.dimension() + 1];
  }

  /** Index of the first gap of row i; the number of features if there is none. */
  static int firstGap(EventBatch batch, int i) {
    int j = 0;
    while (j < batch.dimension() && !Double.isNaN(batch.get(i, j))) {
      j++;
    }
    return j;
  }

  /**
   * Scores row i.
   *
   * @param x the row as the model sees it; what lies behind the first gap is overwritten
   */
  void score(EventBatch batch, int i, Matrix x, ScoreBatch out) {
    int observed = firstGap(batch, i);
    double logDet = 0;
    for (int j = 0; j < batch.dimension(); j++) {
      if (j < observed) {
        logDet += features.logDerivative(j, batch.get(i, j));
      } else {
        x.set(i, j, 0f); // any number will do: nothing before it depends on it
      }
    }
    chain.logDensities(x, i, observed, charts, logPrior, logDensities);
    double log = logDensities[observed];
    int best = 0;
    for (int k = 0; k < charts.length; k++) {
      best = chain.joint(k) > chain.joint(best) ? k : best;
      out.addPosterior(k, (float) Math.exp(chain.joint(k) - log));
    }
    out.endRow(observed == 0 ? Double.NaN : log + logDet, Double.NaN, best, 0f);
  }
}
