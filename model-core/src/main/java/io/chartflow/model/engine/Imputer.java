package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.marginal.FeatureMap;

/**
 * Fills gaps with the mean of a chart: of the most probable one by the features that are there, if
 * each chart were the normal distribution of its members' means and variances, features
 * independent: {@code argmax_k log p_k − ½ Σ_j ((x̃_j − m_kj)²/v_kj + log v_kj)} over the observed
 * {@code j}; of equals the first. Which charts cover an event takes all of its features to say.
 */
final class Imputer {

  private final FeatureMap features;
  private final double[] logPrior;
  private final Matrix means;
  private final Matrix variances;
  private final double[] filled;

  Imputer(Atlas atlas) {
    int charts = atlas.config().charts().count();
    int dimension = atlas.config().dimension();
    this.features = atlas.features();
    this.logPrior = atlas.logPrior();
    this.means = Matrix.of(atlas.chartMeans().toArray(), 0, charts, dimension);
    this.variances = Matrix.of(atlas.chartVariances().toArray(), 0, charts, dimension);
    this.filled = new double[dimension];
  }

  /**
   * Fills the gaps among the first {@code count} features of row i.
   *
   * @param x the row as the model sees it, NaN where there is a gap
   */
  void impute(EventBatch batch, int i, int count, Matrix x) {
    features.invert(means, nearest(x, i), filled, 0);
    for (int j = 0; j < count; j++) {
      if (Double.isNaN(batch.get(i, j))) {
        batch.values()[i * batch.dimension() + j] = filled[j];
      }
    }
  }

  private int nearest(Matrix x, int i) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logPrior.length; k++) {
      double log = logPrior[k];
      for (int j = 0; j < x.cols(); j++) {
        double value = x.get(i, j);
        if (!Double.isNaN(value)) {
          double variance = Math.max(variances.get(k, j), LogSpread.LEAST_VARIANCE);
          double off = value - means.get(k, j);
          log -= 0.5 * (off * off / variance + Math.log(variance));
        }
      }
      if (log > highest) {
        highest = log;
        best = k;
      }
    }
    return best;
  }
}
