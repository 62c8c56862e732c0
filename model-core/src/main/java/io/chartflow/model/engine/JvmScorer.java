package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/** The scorer of the {@link JvmEngine}. */
final class JvmScorer implements AtlasScorer {

  private static final int MAX_REJECTIONS = 1000;

  private final Atlas atlas;
  private final DensitySum sum;
  private final Network network;
  private final Workers workers;
  private final DensityEvaluator evaluator;
  private final double[] logWeight;
  private final Kernels kernels;
  private final Imputer imputer;
  private Optional<Attributor> attributor = Optional.empty();
  private Optional<ObservedDensity> observed = Optional.empty();
  private final Rows buffer;
  private double[] logDet = new double[0];

  JvmScorer(Atlas atlas, DensitySum sum, Kernels kernels, int threads) {
    this.atlas = atlas;
    this.kernels = kernels;
    this.sum = sum;
    this.network = Network.of(atlas.config());
    this.workers = new Workers(threads);
    this.buffer = new Rows(network.dimension());
    this.evaluator = new DensityEvaluator(network, kernels, workers);
    this.logWeight = logWeights(atlas, sum);
    this.imputer = new Imputer(atlas);
    int k = network.charts();
    int d = network.dimension();
    int dv = network.config().quantizer().codeDimension();
    evaluator.use(
        atlas.quantizerWeights().toArray(),
        new ChartSet(
            Matrix.of(atlas.codes().toArray(), 0, k, dv),
            Matrix.of(atlas.chartMeans().toArray(), 0, k, d),
            Matrix.of(atlas.chartVariances().toArray(), 0, k, d)),
        atlas.flowWeights().toArray());
    if (sum != DensitySum.TRUNCATED) {
      evaluator.sumCoveredToo(logWeights(atlas, DensitySum.TRUNCATED));
    }
  }

  private static double[] logWeights(Atlas atlas, DensitySum sum) {
    double[] logPrior = atlas.logPrior();
    return sum == DensitySum.TRUNCATED
        ? new TruncatedPrior(logPrior.length).of(logPrior, atlas.z().toArray())
        : logPrior;
  }

  @Override
  public Atlas atlas() {
    return atlas;
  }

  @Override
  public DensitySum sum() {
    return sum;
  }

  @Override
  public void score(EventBatch batch, ScoreBatch out) {
    evaluate(batch);
    out.clear(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      DensityEvaluator.Tile tile = evaluator.tileOf(i);
      int row = evaluator.placeOf(i);
      for (int p = tile.pairs().first(row); p < tile.pairs().first(row + 1); p++) {
        out.addPosterior(tile.pairs().chart(p), (float) tile.posterior(p));
      }
      double truncated = sum == DensitySum.TRUNCATED ? tile.logDensity(row) : tile.logCovered(row);
      out.endRow(
          tile.logDensity(row) + logDet[i],
          truncated + logDet[i],
          tile.chart(row),
          distance(tile, row));
    }
  }

  @Override
  public void attribute(EventBatch batch, Attribution out) {
    evaluate(batch);
    if (attributor.isEmpty()) {
      attributor = Optional.of(newAttributor());
    }
    Matrix x = buffer.top(batch.size());
    attributor.get().attribute(batch, x, evaluator, out);
  }

  @Override
  public void imputeInPlace(EventBatch batch, int features) {
    if (!batch.hasGaps()) {
      return;
    }
    Matrix x = standardise(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.hasGap(i)) {
        imputer.impute(batch, i, features, x);
      }
    }
  }

  @Override
  public boolean scoresObserved() {
    return ChainRule.holdsFor(network);
  }

  @Override
  public void scoreObserved(EventBatch batch, ScoreBatch out) {
    if (!scoresObserved()) {
      throw new IllegalStateException(
          "expected a flow of chart-affine and one maf or iaf without an embedding, which alone can"
              + " leave features out, got "
              + atlas.config().flow().layers());
    }
    if (observed.isEmpty()) {
      ChainRule chain = new ChainRule(network, kernels, evaluator.weights(), evaluator.tables());
      observed = Optional.of(new ObservedDensity(atlas.features(), chain, atlas.logPrior()));
    }
    Matrix x = standardise(batch);
    out.clear(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      observed.get().score(batch, i, x, out);
    }
  }

  /** Made when it is first needed: it holds gradients of the flow's size. */
  private Attributor newAttributor() {
    Weights weights = evaluator.weights();
    weights.refresh(kernels);
    return new Attributor(
        network,
        atlas.features(),
        Matrix.of(atlas.chartMeans().toArray(), 0, network.charts(), network.dimension()),
        logWeight,
        new ChainRule(network, kernels, weights, evaluator.tables()),
        new PathGradient(network, kernels, weights, evaluator.tables()));
  }

  /** In the units of the input: an embedded atlas has one σ for all features. */
  private float distance(DensityEvaluator.Tile tile, int row) {
    double sigma = atlas.standardiser().scale().get(0);
    return network.isEmbedded() ? (float) (sigma * tile.distance(row)) : 0f;
  }

  @Override
  public void infer(EventBatch batch, Inference how, long seed, double[] latents) {
    evaluate(batch);
    int d = network.latentDimension();
    double[] z = new double[d];
    SplitMix random = SplitMix.forStream(seed, 5);
    for (int i = 0; i < batch.size(); i++) {
      DensityEvaluator.Tile tile = evaluator.tileOf(i);
      int row = evaluator.placeOf(i);
      int from = tile.pairs().first(row);
      int to = tile.pairs().first(row + 1);
      java.util.Arrays.fill(latents, i * d, (i + 1) * d, 0.0);
      double drawn = random.nextDouble();
      for (int p = from; p < to; p++) {
        boolean sampled = drawn >= 0 && (drawn < tile.posterior(p) || p == to - 1);
        drawn -= tile.posterior(p);
        double weight =
            switch (how) {
              case MEAN -> tile.posterior(p);
              case SAMPLED -> sampled ? 1 : 0;
              case MOST_PROBABLE -> tile.pairs().chart(p) == tile.chart(row) ? 1 : 0;
            };
        drawn = sampled ? Double.NEGATIVE_INFINITY : drawn;
        if (weight > 0) {
          tile.latent(p, z);
          network.base().show(z);
          for (int j = 0; j < d; j++) {
            latents[i * d + j] += weight * z[j];
          }
        }
      }
    }
  }

  private void evaluate(EventBatch batch) {
    workers.beginStep();
    try {
      evaluator.evaluate(standardise(batch), logWeight, sum == DensitySum.FULL);
    } finally {
      workers.endStep();
    }
  }

  /** A view that holds until the next call. */
  private Matrix standardise(EventBatch batch) {
    int d = network.dimension();
    if (batch.dimension() != d) {
      throw new IllegalArgumentException(
          "expected events with %d features, got %d".formatted(d, batch.dimension()));
    }
    if (logDet.length < batch.size()) {
      logDet = new double[batch.size()];
    }
    Matrix x = buffer.top(batch.size());
    atlas.features().apply(batch.values(), batch.size(), x, logDet);
    return x;
  }

  @Override
  public EventBatch sample(int count, long seed) {
    int d = network.dimension();
    SplitMix random = SplitMix.forStream(seed, 4);
    double[] cumulative = cumulativePrior();
    EventBatch events = new EventBatch(count, d);
    double[] row = new double[d];
    int[] charts = new int[Network.TILE];
    for (int from = 0; from < count; from += Network.TILE) {
      int n = Math.min(Network.TILE, count - from);
      for (int i = 0; i < n; i++) {
        charts[i] = chartAt(cumulative, random.nextDouble());
      }
      Matrix x = Matrix.zeros(n, d);
      drawUntilAccepted(x, charts, random);
      for (int i = 0; i < n; i++) {
        atlas.features().invert(x, i, row, 0);
        events.add(row, 0);
      }
    }
    return events;
  }

  /** Draws {@code z}, maps it, and draws those rows anew whose image left its chart. */
  private void drawUntilAccepted(Matrix x, int[] charts, SplitMix random) {
    Matrix tries = Matrix.zeros(x.rows(), x.cols());
    int[] chart = new int[x.rows()];
    int[] open = new int[x.rows()];
    java.util.Arrays.setAll(open, i -> i);
    boolean[] covered = new boolean[x.rows()];
    int left = x.rows();
    for (int attempt = 0; left > 0 && attempt < MAX_REJECTIONS; attempt++) {
      Matrix rows = tries.top(left);
      for (int i = 0; i < left; i++) {
        network.base().draw(random, rows, i);
        chart[i] = charts[open[i]];
      }
      evaluator.decode(0, rows, chart);
      if (sum == DensitySum.TRUNCATED) {
        evaluator.covered(0, rows, chart, covered);
      } else {
        java.util.Arrays.fill(covered, true);
      }
      int refused = 0;
      for (int i = 0; i < left; i++) {
        System.arraycopy(rows.data(), rows.row(i), x.data(), x.row(open[i]), x.cols());
        if (!covered[i]) {
          open[refused++] = open[i];
        }
      }
      left = refused;
    }
  }

  private double[] cumulativePrior() {
    double[] cumulative = atlas.logPrior();
    double sumSoFar = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sumSoFar += Math.exp(cumulative[k]);
      cumulative[k] = sumSoFar;
    }
    return cumulative;
  }

  private static int chartAt(double[] cumulative, double u) {
    double target = u * cumulative[cumulative.length - 1];
    int k = 0;
    while (k < cumulative.length - 1 && cumulative[k] <= target) {
      k++;
    }
    return k;
  }

  @Override
  public void close() {
    workers.close();
  }
}
