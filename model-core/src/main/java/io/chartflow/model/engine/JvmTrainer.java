package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.TrainerState.CalibrationState;
import io.chartflow.model.engine.TrainerState.Clock;
import io.chartflow.model.engine.TrainerState.FlowState;
import io.chartflow.model.engine.TrainerState.Progress;
import io.chartflow.model.engine.TrainerState.QuantizerState;
import io.chartflow.model.engine.TrainerState.ReplayState;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.online.LearningRates;
import io.chartflow.model.online.MovingMean.MeanState;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.vq.PairList;
import java.util.Optional;
import java.util.function.IntFunction;

/** The learner of the {@link JvmEngine}. */
final class JvmTrainer implements AtlasTrainer {

  /** An event further than this from the mean, in σ of any feature, is scored but not learned. */
  static final float TEACHABLE = 1000f;

  private final Network network;
  private final Workers workers;
  private final Kernels kernels;
  private final DensityEvaluator evaluator;
  private final ChartMass mass;
  private final TruncatedPrior truncated;
  private QuantizerLearner quantizer;
  private FlowLearner flow;
  private PrequentialCalibration calibration;
  private FeatureInput input;
  private Replay replay;
  private SplitMix random;
  private Counters counters;
  private final StepOutcome outcome = new StepOutcome();
  private final Rows teaching;
  private boolean[] teaches = new boolean[0];

  /** Of the quantizer of now. */
  private final IntFunction<PairList> pairs = tile -> quantizer.pairs(tile);

  /**
   * Mean log-density of the batch's events that the guard lets teach. Drift is judged by it:
   * clutter is no new world, and when the world changes the guard lets all teach again.
   */
  private double unguarded;

  /** Rows that teach of which the scorer has found the nearest code. */
  private int known;

  JvmTrainer(AtlasConfig config, Kernels kernels, int threads) {
    this.network = Network.of(config);
    this.workers = new Workers(threads);
    this.kernels = kernels;
    SplitMix initial = SplitMix.forStream(config.seed(), 1);
    this.quantizer = new QuantizerLearner(network, kernels, workers, initial);
    this.flow = new FlowLearner(network, kernels, workers, initial);
    this.evaluator = new DensityEvaluator(network, kernels, workers);
    this.mass = new ChartMass(network);
    this.truncated = new TruncatedPrior(network.charts());
    this.calibration = new PrequentialCalibration(CalibrationState.fresh(config));
    this.input = new FeatureInput(config, FeatureInput.fresh(config));
    this.random = SplitMix.forStream(config.seed(), 2);
    this.replay = new Replay(config.adaptation(), config.dimension(), ReplayState.EMPTY);
    this.teaching = new Rows(config.dimension());
    this.counters =
        new Counters(new Progress(0, 0, 0, 0, random.state(), MeanState.EMPTY, Clock.START));
  }

  JvmTrainer(TrainerState state, Kernels kernels, int threads) {
    this(state.config(), kernels, threads);
    try {
      input = new FeatureInput(state.config(), state.features());
      counters = new Counters(state.progress());
      random = new SplitMix(state.progress().random());
      quantizer.restore(state.quantizer());
      flow.restore(state.flow());
      calibration = new PrequentialCalibration(state.calibration());
      replay = new Replay(config().adaptation(), network.dimension(), state.replay());
    } catch (RuntimeException e) { // a task that cannot be restored is tried again and again
      workers.close();
      throw e;
    }
  }

  @Override
  public AtlasConfig config() {
    return network.config();
  }

  @Override
  public void train(EventBatch batch) {
    if (batch.dimension() != network.dimension() || batch.size() == 0) {
      throw new IllegalArgumentException(
          "expected a batch of events with %d features, got %d events with %d"
              .formatted(network.dimension(), batch.size(), batch.dimension()));
    }
    workers.beginStep();
    try {
      step(batch);
    } finally {
      workers.endStep();
    }
  }

  private void step(EventBatch batch) {
    EventBatch whole = FeatureInput.withoutGaps(batch);
    outcome.clear();
    outcome.gaps = batch.size() - whole.size();
    counters.see(batch.size());
    if (input.map().isEmpty()) {
      input.see(batch);
      outcome.fitting = true;
      outcome.applied = true;
    } else if (whole.size() > 0) {
      trainWhole(whole, input.map().get());
    }
  }

  /** Of events that have every feature. */
  private void trainWhole(EventBatch whole, FeatureMap map) {
    Matrix x = input.apply(map, whole);
    reserve(whole.size());
    java.util.Arrays.fill(teaches, 0, whole.size(), true);
    double logLikelihood = prequential(x);
    if (!Double.isNaN(logLikelihood)) {
      counters.prequential().add(logLikelihood);
    }
    outcome.logLikelihood = logLikelihood;
    outcome.taught = teachable(x);
    if (isElsewhere(whole)) {
      beginAnew();
    } else {
      outcome.scored = Double.isNaN(logLikelihood) ? 0 : whole.size();
      learn();
    }
  }

  @Override
  public TrainReport report() {
    return outcome.report(counters, usedCharts());
  }

  /** Whether most events have long been too far out to teach, so that other units are needed. */
  private boolean isElsewhere(EventBatch whole) {
    boolean watches = config().adaptation().driftThreshold() > 0;
    return input.refit(whole, watches && outcome.far > whole.size() / 2);
  }

  /** Learns from nothing under the units of now: what was learned holds for no event any more. */
  private void beginAnew() {
    SplitMix initial = SplitMix.forStream(config().seed(), 1);
    quantizer = new QuantizerLearner(network, kernels, workers, initial);
    flow = new FlowLearner(network, kernels, workers, initial);
    calibration = new PrequentialCalibration(CalibrationState.fresh(config()));
    replay.clear();
    counters.beginAnew();
    outcome.applied = true;
    outcome.opened = true;
    outcome.taught = 0;
  }

  private void learn() {
    int taught = outcome.taught;
    if (taught < 2) {
      if (taught + outcome.far + outcome.unscored >= 2) {
        counters.refuse();
      }
      return;
    }
    quantizer.keep();
    long randomBefore = random.state();
    Matrix x = teaching.top(replay.draw(teaching.data(), taught, random));
    boolean flows = counters.steps() >= network.config().training().flowDelay();
    if (!quantizerStep(x) || (flows && !flowStep(x))) {
      quantizer.rollBack();
      random = new SplitMix(randomBefore);
      counters.refuse();
      return;
    }
    replay.keep(x, taught, random);
    outcome.applied = true;
    outcome.revived = quantizer.revived();
    counters.step(flows);
    watch();
  }

  /** Whether its result is finite. */
  private boolean quantizerStep(Matrix x) {
    long clock = LearningRates.chartClock(config(), counters.chartClock());
    boolean finite = quantizer.step(x, known, clock, random);
    outcome.reconstruction = quantizer.reconstruction();
    return finite;
  }

  /** Whether its result is finite. */
  private boolean flowStep(Matrix x) {
    boolean finite =
        flow.step(
            x,
            pairs,
            quantizer.charts(),
            quantizer.statistics().logPrior(),
            LearningRates.flowClock(config(), counters.flowClock()));
    outcome.gradientNorm = flow.gradientNorm();
    if (finite && quantizer.responds(counters.steps())) {
      quantizer.statistics().respond(flow.responsibility(), x.rows());
    }
    return finite;
  }

  /** Where the world has changed the time scales open up again. */
  private void watch() {
    counters.drift().add(unguarded, outcome.reconstruction);
    if (counters.drift().isDrift(config().adaptation().driftThreshold())) {
      outcome.opened = true;
      calibration.reset();
      replay.clear();
      counters.open(LearningRates.opened(config().training()));
    }
  }

  /**
   * Mean log-density of the batch under the averaged weights, before anything is learned. Each
   * event's surprisal is calibrated on, and says whether the event may teach.
   */
  private double prequential(Matrix x) {
    unguarded = Double.NaN;
    known = 0;
    if (!isReady()) {
      return Double.NaN;
    }
    evaluator.use(quantizer.theta(), quantizer.charts(), flow.averaged());
    long flows = counters.flowClock();
    int first = LearningRates.firstMeasured(flows, network.charts());
    int end = LearningRates.endMeasured(flows, network.charts());
    mass.estimateRoughly(evaluator, first, end);
    System.arraycopy(mass.z(), first, flow.z(), first, end - first);
    double[] prior = quantizer.statistics().logPrior();
    evaluator.evaluate(x, truncated.of(prior, flow.z()), false);
    known = x.rows();
    calibration.beginBatch();
    double sum = 0;
    double ofLetIn = 0;
    int letIn = 0;
    for (int i = 0; i < x.rows(); i++) {
      double standardised = evaluator.tileOf(i).logDensity(evaluator.placeOf(i));
      double logDensity = standardised + input.logDet(i);
      teaches[i] = calibration.teaches(-logDensity);
      sum += logDensity;
      ofLetIn += teaches[i] ? logDensity : 0;
      letIn += teaches[i] ? 1 : 0;
    }
    unguarded = ofLetIn / letIn;
    return sum / x.rows();
  }

  private void reserve(int rows) {
    if (teaches.length < rows) {
      teaching.top(rows + replay.most(rows));
      teaches = new boolean[rows];
    }
  }

  /** Puts the rows that teach into {@code teaching}; how many they are. */
  private int teachable(Matrix x) {
    int d = x.cols();
    int kept = 0;
    int[] nearest = quantizer.nearest(x.rows());
    for (int i = 0; i < x.rows(); i++) {
      boolean near = teaches[i];
      for (int j = 0; j < d; j++) {
        near &= Math.abs(x.get(i, j)) <= TEACHABLE;
      }
      if (near) {
        System.arraycopy(x.data(), x.row(i), teaching.data(), kept * d, d);
        if (known > 0) {
          nearest[kept] = evaluator.tileOf(i).nearest(evaluator.placeOf(i));
        }
        kept++;
      } else if (teaches[i]) {
        outcome.far++;
      } else if (calibration.guards()) {
        outcome.guarded++;
      } else {
        outcome.unscored++;
      }
    }
    known = Math.min(known, kept);
    return kept;
  }

  private int usedCharts() {
    return quantizer.codebook().alive(network.config().training().batch());
  }

  @Override
  public boolean isReady() {
    return counters.flowSteps() > 0;
  }

  @Override
  public Optional<Atlas> publish(PublishRequest request) {
    if (!isReady() || input.map().isEmpty()) {
      return Optional.empty();
    }
    evaluator.use(quantizer.theta(), quantizer.charts(), flow.averaged());
    mass.estimate(evaluator);
    QuantizerState vq = quantizer.state();
    AtlasManifest manifest =
        new AtlasManifest(
            request.version(),
            request.parent(),
            config().hash(),
            counters.events(),
            counters.steps(),
            request.positions(),
            request.eventTimeMillis(),
            counters.prequential().value(),
            usedCharts());
    return Optional.of(
        new Atlas(
            manifest,
            config(),
            input.map().get(),
            vq.weights(),
            vq.codebook().codes(),
            vq.charts().coverage(),
            vq.charts().means(),
            vq.charts().variances(),
            Floats.copyOf(flow.averaged()),
            Floats.copyOf(mass.z()),
            Floats.copyOf(mass.error()),
            calibration.freeze()));
  }

  @Override
  public TrainerState snapshot() {
    FlowState flowState = flow.state();
    return new TrainerState(
        config(),
        counters.state(random.state()),
        input.state(),
        quantizer.state(),
        flowState,
        calibration.state(),
        replay.state());
  }

  @Override
  public void close() {
    workers.close();
  }
}
