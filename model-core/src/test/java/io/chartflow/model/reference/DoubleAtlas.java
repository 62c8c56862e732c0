package io.chartflow.model.reference;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.marginal.Marginal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The density of one event under an atlas, formula by formula. */
public final class DoubleAtlas {

  private final Atlas atlas;
  private final DoubleMlp encoder;
  private final DoubleFlow flow;
  private final DoubleCharts charts;
  private final double[] quantizerWeights;
  private final double[] flowWeights;

  public DoubleAtlas(Atlas atlas) {
    this.atlas = atlas;
    AtlasConfig config = atlas.config();
    int k = config.charts().count();
    int d = config.dimension();
    int dv = config.quantizer().codeDimension();
    this.encoder = new DoubleMlp(0, d, config.quantizer().width(), dv);
    this.flow = new DoubleFlow(config.flow(), d, config.latentDimension(), dv);
    this.charts =
        new DoubleCharts(
            new ChartSet(
                matrix(atlas.codes(), k, dv),
                matrix(atlas.chartMeans(), k, d),
                matrix(atlas.chartVariances(), k, d)));
    this.quantizerWeights = widened(atlas.quantizerWeights());
    this.flowWeights = widened(atlas.flowWeights());
  }

  private static Matrix matrix(Floats values, int rows, int cols) {
    return Matrix.of(values.toArray(), 0, rows, cols);
  }

  /** {@code (T(x) − μ)/σ}. */
  public double[] standardised(double... x) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] =
          (transformed(j, x[j])[0] - atlas.standardiser().mean().get(j))
              / atlas.standardiser().scale().get(j);
    }
    return y;
  }

  /** {@code {T_j(x), T_j'(x)}}. */
  private double[] transformed(int j, double x) {
    List<Marginal> marginals = atlas.features().marginals();
    return marginals.isEmpty() ? new double[] {x, 1} : DoubleMarginal.apply(marginals.get(j), x);
  }

  /** {@code d_k = ‖E(x̃) − v_k‖}. */
  public double[] distances(double... x) {
    double[] e = encoder.apply(quantizerWeights, standardised(x));
    double[] distances = new double[atlas.config().charts().count()];
    for (int k = 0; k < distances.length; k++) {
      double sum = 0;
      for (int j = 0; j < e.length; j++) {
        sum += Math.pow(e[j] - charts.code(k)[j], 2);
      }
      distances[k] = Math.sqrt(sum);
    }
    return distances;
  }

  /** The charts that cover the event. */
  public int[] covering(double... x) {
    ChartsConfig config = atlas.config().charts();
    double[] distances = distances(x);
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double bound = sorted[config.m() - 1];
    double reach = config.epsilon() == 0 ? Math.nextUp(bound) : (1 + config.epsilon()) * bound;
    return IntStream.range(0, distances.length).filter(k -> distances[k] < reach).toArray();
  }

  /** {@code f_k(x̃)}. */
  public double[] latent(int k, double... x) {
    return flow.forward(flowWeights, charts, k, standardised(x), new double[1]);
  }

  /** For each chart of the sum, {@code log(w_k p(x|k))} in the units of the input; else −∞. */
  public double[] logTerms(DensitySum sum, double... x) {
    double[] logPrior = logPrior();
    double units = 0;
    int latents = atlas.config().latentDimension(); // with fewer than features all σ are equal
    for (int j = 0; j < latents; j++) {
      units += Math.log(transformed(j, x[j])[1] / atlas.standardiser().scale().get(j));
    }
    double[] terms = new double[logPrior.length];
    Arrays.fill(terms, Double.NEGATIVE_INFINITY);
    int[] all = IntStream.range(0, terms.length).toArray();
    for (int k : sum == DensitySum.FULL ? all : covering(x)) {
      double weight = sum == DensitySum.TRUNCATED ? Math.log(Math.max(atlas.z().get(k), 1e-3)) : 0;
      terms[k] =
          logPrior[k] - weight + flow.logDensity(flowWeights, charts, k, standardised(x)) + units;
    }
    return terms;
  }

  /** {@code log r_k/Σr_j}. */
  public double[] logPrior() {
    double[] r = widened(atlas.coverage());
    double total = Arrays.stream(r).sum();
    return Arrays.stream(r).map(value -> Math.log(Math.max(value / total, 1e-12))).toArray();
  }

  /** {@code log p(x)}. */
  public double logDensity(DensitySum sum, double... x) {
    return logSumExp(logTerms(sum, x));
  }

  /** {@code p(k|x)} for every chart, 0 outside of the sum. */
  public double[] posterior(DensitySum sum, double... x) {
    double[] terms = logTerms(sum, x);
    double total = logSumExp(terms);
    return Arrays.stream(terms).map(term -> Math.exp(term - total)).toArray();
  }

  private static double logSumExp(double[] terms) {
    double peak = Arrays.stream(terms).max().orElseThrow();
    return peak + Math.log(Arrays.stream(terms).map(term -> Math.exp(term - peak)).sum());
  }

  private static double[] widened(Floats values) {
    double[] wide = new double[values.size()];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values.get(i);
    }
    return wide;
  }
}
