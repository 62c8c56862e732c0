package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.marginal.FeatureMap;

/**
 * Divides an event's surprisal {@code −log p(x)} among its features. The event's charts and their
 * weights {@code w_k} are held as they are at the event.
 *
 * <ul>
 *   <li>An autoregressive flow: exactly, by the chain rule. Feature j adds {@code log p(x_<j) − log
 *       p(x_≤j)}; the constant {@code −log Σ_k w_k} is divided equally.
 *   <li>Any other: {@link IntegratedGradients} from the mean of the event's most probable chart,
 *       straight in standardised coordinates; the mean's own surprisal is divided equally.
 * </ul>
 *
 * <p>What the units add, {@code −log ∂x̃_j/∂x_j}, goes to feature j.
 */
final class Attributor {

  /** Half of the 1e-3 that a sum may be off, relative to a surprisal of at least one nat. */
  private static final double TOLERANCE = 5e-4;

  private final Matrix chartMeans;
  private final FeatureMap features;
  private final double[] logWeight;
  private final ChainRule chain;
  private final IntegratedGradients path;
  private final boolean exact;
  private final double[] nats;
  private final double[] prefixes;
  private final float[] mean;
  private final float[] event;

  Attributor(
      Network network,
      FeatureMap features,
      Matrix chartMeans,
      double[] logWeight,
      ChainRule chain,
      PathGradient gradient) {
    int d = network.dimension();
    this.chartMeans = chartMeans;
    this.features = features;
    this.logWeight = logWeight;
    this.chain = chain;
    this.path = new IntegratedGradients(gradient, d);
    this.exact = ChainRule.holdsFor(network);
    this.nats = new double[d];
    this.prefixes = new double[d + 1];
    this.mean = new float[d];
    this.event = new float[d];
  }

  /** Attributes the events of {@code batch}, which {@code evaluator} has just evaluated as x. */
  void attribute(EventBatch batch, Matrix x, DensityEvaluator evaluator, Attribution out) {
    out.clear(batch.size(), batch.dimension());
    for (int i = 0; i < batch.size(); i++) {
      DensityEvaluator.Tile tile = evaluator.tileOf(i);
      int row = evaluator.placeOf(i);
      double units = 0;
      for (int j = 0; j < nats.length; j++) {
        units += features.logDerivative(j, batch.get(i, j));
      }
      double surprisal = -tile.logDensity(row) - units;
      double error =
          exact
              ? byChainRule(x, i, charts(tile, row))
              : alongPath(x, i, tile.chart(row), charts(tile, row), surprisal);
      for (int j = 0; j < nats.length; j++) {
        nats[j] -= features.logDerivative(j, batch.get(i, j));
      }
      out.add(nats, error);
    }
  }

  private double byChainRule(Matrix x, int i, int[] charts) {
    int d = nats.length;
    chain.logDensities(x, i, d, charts, logWeight, prefixes);
    for (int j = 0; j < d; j++) {
      nats[j] = prefixes[j] - prefixes[j + 1] - prefixes[0] / d;
    }
    return 0;
  }

  private double alongPath(Matrix x, int i, int chart, int[] charts, double surprisal) {
    for (int j = 0; j < nats.length; j++) {
      mean[j] = chartMeans.get(chart, j);
      event[j] = x.get(i, j);
    }
    double tolerance = TOLERANCE * Math.max(1, Math.abs(surprisal));
    return path.integrate(
        new IntegratedGradients.Line(mean, event, charts, logWeight), tolerance, nats);
  }

  private static int[] charts(DensityEvaluator.Tile tile, int row) {
    int from = tile.pairs().first(row);
    int[] charts = new int[tile.pairs().first(row + 1) - from];
    for (int c = 0; c < charts.length; c++) {
      charts[c] = tile.pairs().chart(from + c);
    }
    return charts;
  }
}
