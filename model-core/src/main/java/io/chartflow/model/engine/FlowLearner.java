package io.chartflow.model.engine;

import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.Objective;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.TrainerState.FlowState;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.linalg.WeightKernels;
import io.chartflow.model.nn.Adam;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.online.LearningRates;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Learns the flow by the gradient of {@code −(1/n)·Σ_x log Σ_{k: x∈U_k} p_k p(x|k)}. The gradient
 * of a pair's log-density is its posterior, so each pair goes back weighted by {@code −p(k|x)/n}.
 * The sampled objective sees one covering chart of each event, drawn in proportion to {@code p_k}.
 * Keeps an exponential average of the weights, which is what is published.
 *
 * <p>With an embedding the loss is {@code α} times that, plus {@code (β/n)·Σ_x Σ_k
 * p(k|x)·ρ_k(x)/s_k²}, the posterior taken as it is: squared distances from the charts' surfaces by
 * {@code s_k² = Σ_j var_kj/d}, the spread of the chart. A surface that stands across its members
 * sees them as a line, whose density is as high as you like; by its own spread a small chart pays
 * for that as much as a large one.
 */
final class FlowLearner {

  /**
   * What is less counts as nothing: beside the event's other pairs no sum of floats would tell. A
   * gradient goes up with the pair's latents, which stand out by seven σ where the posterior is
   * this small, and its scales' with their squares: some 1e-10 of the sum, which is rounded at
   * 6e-8. On the way back through the flow smaller ones become subnormal as well, and an operation
   * on these takes a hundred times as long.
   */
  private static final double LEAST_POSTERIOR = 1e-12;

  /** From this share on pairs that count as nothing are taken out of what goes backwards. */
  private static final double MANY_NOTHINGS = 0.125;

  /** Weights that are averaged right after they moved. */
  private static final int IN_CACHE = 1024;

  private final Network network;
  private final Kernels kernels;
  private final Workers workers;
  private final float[] theta;
  private final float[] averaged;
  private final float[] z;
  private final Weights weights;
  private final MetCharts met;
  private final List<Matrix> tables;
  private final List<Lane> lanes = new ArrayList<>();
  private final boolean sampled;
  private final double[] distanceWeight;
  private final float[][] laneGradients = new float[Workers.LANES][];
  private final double[] squares = new double[WeightKernels.SUMS * Workers.LANES];
  private final ThreadLocal<Pairs> pairsOfThread;
  private final EachCount<List<Matrix>> someTables;
  private final EachCount<List<LayerGradient>> someGradients;
  private final Kernels shared;
  private final Pass pass = new Pass();
  private Adam adam;
  private double gradientNorm;

  FlowLearner(Network network, Kernels kernels, Workers workers, SplitMix random) {
    this.network = network;
    this.kernels = kernels;
    this.workers = workers;
    this.theta = network.flow().initialWeights(random);
    this.averaged = theta.clone();
    this.z = new float[network.charts()];
    java.util.Arrays.fill(z, 1f);
    this.weights = Weights.forRows(network.flow().layout(), theta);
    this.adam = new Adam(theta.length);
    this.sampled = network.config().training().objective() == Objective.SAMPLED;
    this.met = new MetCharts(network);
    this.tables = network.flow().newTables(network.charts());
    this.distanceWeight = new double[network.charts()];
    for (int lane = 0; lane < Workers.LANES; lane++) {
      lanes.add(new Lane(network));
      laneGradients[lane] = lanes.get(lane).gradient.theta();
    }
    this.pairsOfThread = ThreadLocal.withInitial(() -> new Pairs(network));
    this.someTables =
        new EachCount<>(network.charts(), n -> tables.stream().map(table -> table.top(n)).toList());
    this.someGradients = new EachCount<>(network.charts(), lanes.get(0).gradient::top);
    this.shared = workers.share(kernels);
    weights.reserveTransposed();
  }

  /** The share {@code Z_k} of each chart as it was measured last, live; 1 at first. */
  float[] z() {
    return z;
  }

  /** The averaged weights, live. */
  float[] averaged() {
    return averaged;
  }

  /** The loss of the last step. */
  double loss() {
    return lanes.get(0).loss;
  }

  /** Euclidean norm of its gradient, before clipping. */
  double gradientNorm() {
    return gradientNorm;
  }

  /** {@code Σ_x p(k|x)} of its rows, (K), live. */
  double[] responsibility() {
    return lanes.get(0).responsibility;
  }

  /**
   * One step on the rows of {@code x}; the pairs of tile t are {@code pairs.apply(t)}.
   *
   * @return whether loss and gradient are finite; if not, no weight moved
   */
  boolean step(
      Matrix x, IntFunction<PairList> pairs, ChartSet charts, double[] logPrior, long flowStep) {
    int tiles = Network.tiles(x.rows());
    met.find(pairs, tiles);
    ChartSet metCharts = met.of(charts);
    workers.run(pass.refresh);
    network.flow().fillTables(kernels, weights, metCharts, someTables.of(met.count()));
    if (network.isEmbedded()) {
      weighDistances(charts);
    }
    pass.x = x;
    pass.pairs = pairs;
    pass.logPrior = logPrior;
    pass.flowStep = flowStep;
    if (tiles == 1) {
      pass.learn(0, shared);
    } else {
      workers.run(pass.learn);
    }
    sum(Math.min(tiles, Workers.LANES));
    List<LayerGradient> ofMet = someGradients.of(met.count());
    network.flow().tablesBackward(kernels, weights, metCharts, ofMet);
    gradientNorm = norm();
    if (!Double.isFinite(loss()) || !Double.isFinite(gradientNorm)) {
      return false;
    }
    apply(gradientNorm, flowStep);
    return true;
  }

  /** The lanes' gradients and sums, added in their order to the first. */
  private void sum(int used) {
    pass.used = used;
    workers.run(pass.add);
    Lane total = lanes.get(0);
    for (int lane = 1; lane < used; lane++) {
      total.loss += lanes.get(lane).loss;
      for (int k = 0; k < total.responsibility.length; k++) {
        total.responsibility[k] += lanes.get(lane).responsibility[k];
      }
    }
  }

  private double norm() {
    workers.run(pass.square);
    double sum = 0;
    for (int at = 0; at < squares.length; at += WeightKernels.SUMS) {
      sum += Adam.sum(squares, at);
    }
    return Math.sqrt(sum);
  }

  private void apply(double norm, long flowStep) {
    TrainingConfig training = network.config().training();
    pass.keep = (float) LearningRates.average(training, flowStep);
    adam.next(norm, LearningRates.flow(training, flowStep), training.gradientClip());
    workers.run(pass.apply);
    lanes.get(0).clean = true;
  }

  /** What the lanes of a step do, and what they are told; the same objects for every step. */
  private final class Pass {

    private final IntConsumer refresh = this::refresh;
    private final IntConsumer learn = lane -> learn(lane, kernels);
    private final IntConsumer add = this::add;
    private final IntConsumer square = this::square;
    private final IntConsumer apply = this::apply;
    private Matrix x = Matrix.zeros(0, 0);
    private IntFunction<PairList> pairs = tile -> new PairList();
    private double[] logPrior = new double[0];
    private long flowStep;
    private int used;
    private float keep;

    private void refresh(int part) {
      weights.refresh(kernels, part, Workers.LANES);
    }

    /** The lane's tiles; what one lane alone does it may do by shared kernels. */
    private void learn(int lane, Kernels kernels) {
      int tiles = Network.tiles(x.rows());
      Lane own = lanes.get(lane);
      if (lane < tiles) {
        own.clear();
      }
      for (int t = lane; t < tiles; t += Workers.LANES) {
        PairList covering = pairs.apply(t);
        PairList drawn = sampled ? own.draw(covering, t, logPrior, flowStep) : covering;
        own.tile(kernels, x, t, drawn, logPrior);
      }
    }

    private void add(int part) {
      FlowGradient.addLanes(kernels.weights(), laneGradients, used, part);
      int from = Workers.partFrom(met.count(), part);
      int to = Workers.partFrom(met.count(), part + 1);
      for (int lane = 1; lane < used; lane++) {
        lanes.get(0).gradient.addTables(kernels.weights(), lanes.get(lane).gradient, from, to);
      }
    }

    private void square(int part) {
      float[] gradient = laneGradients[0];
      int from = Workers.partFrom(gradient.length, part);
      int to = Workers.partFrom(gradient.length, part + 1);
      kernels.weights().squares(gradient, from, to, squares, WeightKernels.SUMS * part);
    }

    private void apply(int part) {
      int end = Workers.partFrom(theta.length, part + 1);
      for (int from = Workers.partFrom(theta.length, part); from < end; from += IN_CACHE) {
        int to = Math.min(end, from + IN_CACHE);
        adam.part(kernels, theta, laneGradients[0], from, to);
        kernels.weights().average(averaged, keep, theta, from, to);
        java.util.Arrays.fill(laneGradients[0], from, to, 0f); // for the next step, while in cache
      }
    }
  }

  /** {@code β/s_k²}. */
  private void weighDistances(ChartSet charts) {
    int latents = network.latentDimension();
    for (int k = 0; k < distanceWeight.length; k++) {
      double spread = 0;
      for (int j = 0; j < network.dimension(); j++) {
        spread += charts.variances().get(k, j) / latents;
      }
      double beta = network.config().embedding().reconstructionWeight();
      distanceWeight[k] = beta / Math.max(spread, LogSpread.LEAST_VARIANCE);
    }
  }

  FlowState state() {
    return new FlowState(
        Floats.copyOf(theta), Floats.copyOf(averaged), adam.state(), Floats.copyOf(z));
  }

  void restore(FlowState state) {
    state.weights().copyTo(theta, 0);
    state.averaged().copyTo(averaged, 0);
    adam = new Adam(state.adam());
    state.z().copyTo(z, 0);
  }

  /**
   * Working memory of one thread: lanes that one thread runs one after the other find it in cache.
   */
  private static final class Pairs {

    private final PairFlow flow;
    private final Rows dRows;
    private final KeptRows kept = new KeptRows();
    private double[] posterior = new double[0];
    private float[] dLogDet = new float[0];

    private Pairs(Network network) {
      this.flow = new PairFlow(network);
      this.dRows = new Rows(network.dimension());
    }

    private void reserve(int n) {
      if (posterior.length < n) {
        posterior = new double[n + n / 4];
        dLogDet = new float[posterior.length];
      }
    }

    /**
     * Which of n pairs go backwards: those that count, or all if nearly all do. One whose density
     * no float holds goes too: a batch that has it is refused by its gradient.
     */
    private void keep(int n) {
      kept.begin(n);
      double[] logDensity = flow.logDensity();
      for (int p = 0; p < n; p++) {
        if (posterior[p] != 0 || !Double.isFinite(logDensity[p])) {
          kept.add(p);
        }
      }
      if (n - kept.count() < MANY_NOTHINGS * n) {
        kept.all(n);
      } else {
        flow.keep(kept);
      }
    }
  }

  /** Gradients of one lane. */
  private final class Lane {

    private final FlowGradient gradient;
    private final double[] responsibility;
    private final SplitMix random = new SplitMix(0);
    private final PairList drawn = new PairList();
    private final PairList placed = new PairList();
    private final double likelihoodWeight;
    private double loss;

    /** Whether the weights' gradient is zero. */
    private boolean clean = true;

    private Lane(Network network) {
      EmbeddingConfig embedding = network.config().embedding();
      this.likelihoodWeight = network.isEmbedded() ? embedding.likelihoodWeight() : 1;
      this.gradient = FlowGradient.zeros(network.flow(), network.charts());
      this.responsibility = new double[network.charts()];
    }

    private void clear() {
      if (!clean) {
        gradient.clearWeights();
      }
      clean = false;
      gradient.clearTables();
      java.util.Arrays.fill(responsibility, 0);
      loss = 0;
    }

    /** One covering chart of each event, drawn in proportion to {@code p_k}. */
    private PairList draw(PairList covering, int tile, double[] logPrior, long flowStep) {
      random.toStream(network.config().seed() + flowStep, 1000 + tile);
      drawn.clear();
      for (int event = 0; event < covering.rows(); event++) {
        int last = covering.first(event + 1) - 1;
        double total = 0;
        for (int p = covering.first(event); p <= last; p++) {
          total += Math.exp(logPrior[covering.chart(p)]);
        }
        double left = random.nextDouble() * total;
        int p = covering.first(event);
        for (; p < last; p++) {
          left -= Math.exp(logPrior[covering.chart(p)]);
          if (left < 0) {
            break;
          }
        }
        drawn.addCharts(covering.chart(p));
      }
      return drawn;
    }

    private void tile(Kernels kernels, Matrix x, int tile, PairList pairs, double[] logPrior) {
      placed.rename(pairs, met.places());
      gradient.touch(placed);
      Pairs own = pairsOfThread.get();
      for (int i = 0; i < pairs.rows(); ) {
        int end = PairFlow.passEnd(pairs, i);
        own.flow.forward(kernels, weights, tables, x, tile * Network.TILE, placed, i, end);
        backward(own, kernels, x.rows(), pairs, i, end, logPrior);
        i = end;
      }
    }

    private void backward(
        Pairs own,
        Kernels kernels,
        int batch,
        PairList pairs,
        int fromEvent,
        int toEvent,
        double[] prior) {
      PairFlow flow = own.flow;
      int base = pairs.first(fromEvent);
      int n = pairs.first(toEvent) - base;
      own.reserve(n);
      double[] posterior = own.posterior;
      double[] logDensity = flow.logDensity();
      for (int event = fromEvent; event < toEvent; event++) {
        int from = pairs.first(event) - base;
        int to = pairs.first(event + 1) - base;
        double peak = Double.NEGATIVE_INFINITY;
        for (int p = from; p < to; p++) {
          logDensity[p] += prior[pairs.chart(base + p)];
          peak = Math.max(peak, logDensity[p]);
        }
        double total = 0;
        for (int p = from; p < to; p++) {
          double below = logDensity[p] - peak;
          total += below == 0 ? 1 : Math.exp(below); // the same bits, in less time
        }
        double log = peak + Math.log(total);
        loss -= likelihoodWeight * log / batch;
        for (int p = from; p < to; p++) {
          double share = Math.exp(logDensity[p] - log);
          posterior[p] = share < LEAST_POSTERIOR ? 0 : share;
          responsibility[pairs.chart(base + p)] += posterior[p];
        }
      }
      own.keep(n);
      KeptRows kept = own.kept;
      float[] dLogDet = own.dLogDet;
      Matrix dz = own.dRows.top(kept.count());
      Matrix z = flow.latents(kept.count());
      for (int i = 0; i < kept.count(); i++) {
        int p = kept.row(i);
        dLogDet[i] = (float) (-likelihoodWeight * posterior[p] / batch);
        network.base().gradient(z, i, -dLogDet[i], dz);
        if (network.isEmbedded()) {
          double weight = distanceWeight[pairs.chart(base + p)] * posterior[p] / batch;
          loss += weight * flow.squaredDistance(i);
          dz.set(i, network.latentDimension(), (float) weight);
        }
      }
      flow.backward(kernels, weights, tables, dz, dLogDet, gradient);
    }
  }
}
