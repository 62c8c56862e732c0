package io.chartflow.model.atlas;

import io.chartflow.model.calibration.PValues;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.online.Standardiser;
import io.chartflow.model.vq.ChartStatistics;

/**
 * One immutable version of the model: everything that scoring and sampling need.
 *
 * @param manifest where it comes from
 * @param config its shape
 * @param features from the units of the input to those of the model
 * @param quantizerWeights encoder and decoder, in the order of their layout
 * @param codes {@code v_k}, (K × d_v)
 * @param coverage {@code r_k}, (K)
 * @param chartMeans of each chart's members, standardised, (K × D)
 * @param chartVariances of each chart's members, standardised, (K × D)
 * @param flowWeights averaged weights of the flow, in the order of its layout
 * @param z {@code Z_k = q(g_k⁻¹(U_k))}: the share of chart k's density that lies in the chart, (K)
 * @param zError standard error of {@code Z_k}, (K)
 * @param pValues of surprisals in the units of the input; empty while nothing was calibrated on
 */
public record Atlas(
    AtlasManifest manifest,
    AtlasConfig config,
    FeatureMap features,
    Floats quantizerWeights,
    Floats codes,
    Floats coverage,
    Floats chartMeans,
    Floats chartVariances,
    Floats flowWeights,
    Floats z,
    Floats zError,
    PValues pValues) {

  /**
   * @throws IllegalArgumentException if an array does not have the configuration's size
   */
  public Atlas {
    int k = config.charts().count();
    int d = config.dimension();
    requireSize("features", features.dimension(), d);
    requireSize("latents", features.latents(), config.latentDimension());
    requireSize("codes", codes.size(), k * config.quantizer().codeDimension());
    requireSize("coverage", coverage.size(), k);
    requireSize("chartMeans", chartMeans.size(), k * d);
    requireSize("chartVariances", chartVariances.size(), k * d);
    requireSize("z", z.size(), k);
    requireSize("zError", zError.size(), k);
  }

  private static void requireSize(String name, int size, int expected) {
    if (size != expected) {
      throw new IllegalArgumentException(
          "atlas." + name + " must have " + expected + " values, got " + size);
    }
  }

  /** {@code μ, σ} of the transformed features. */
  public Standardiser standardiser() {
    return features.standardiser();
  }

  /** {@code log p_k}, (K): normalised coverage, equation (10) of the paper. */
  public double[] logPrior() {
    return ChartStatistics.logPrior(coverage.toArray());
  }

  /** {@code Σ p_k Z_k}: what the restricted density integrates to. */
  public double meanZ() {
    double[] logPrior = logPrior();
    double sum = 0;
    for (int k = 0; k < logPrior.length; k++) {
      sum += Math.exp(logPrior[k]) * z.get(k);
    }
    return sum;
  }

  /** Standard error of {@link #meanZ()}, the charts' errors taken as independent. */
  public double meanZError() {
    double[] logPrior = logPrior();
    double sum = 0;
    for (int k = 0; k < logPrior.length; k++) {
      double error = Math.exp(logPrior[k]) * zError.get(k);
      sum += error * error;
    }
    return Math.sqrt(sum);
  }
}
