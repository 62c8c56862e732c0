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
import io.chartflow.model.online.DriftWatch;
import io.chartflow.model.online.LearningRates;
import io.chartflow.model.online.MovingMean;
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
  private QuantizerLearner quantizer;
  private FlowLearner flow;
  private PrequentialCalibration calibration;
  private FeatureInput input;
  private Replay replay;
  private SplitMix random;
  private Progress progress;
  private final Rows teaching;
  private boolean[] teaches = new boolean[0];
  private int guarded;

  /** Of the quantizer of now. */
  private final IntFunction<PairList> pairs = tile -> quantizer.pairs(tile);

  /**
   * Mean log-density of the batch's events that the guard lets teach. Drift is judged by it:
   * clutter is no new world, and when the world changes the guard lets all teach again.
   */
  private double unguarded;

  private boolean opened;
  private int gaps;
  private int far;
  private int unscored;
  private int taught;

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
    this.calibration = new PrequentialCalibration(CalibrationState.fresh(config));
    this.input = new FeatureInput(config, FeatureInput.fresh(config));
    this.random = SplitMix.forStream(config.seed(), 2);
    this.replay = new Replay(config.adaptation(), config.dimension(), ReplayState.EMPTY);
    this.teaching = new Rows(config.dimension());
    this.progress = new Progress(0, 0, 0, 0, random.state(), MovingMean.EMPTY, Clock.START);
  }

  JvmTrainer(TrainerState state, Kernels kernels, int threads) {
    this(state.config(), kernels, threads);
    try {
      input = new FeatureInput(state.config(), state.features());
      progress = state.progress();
      random = new SplitMix(progress.random());
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
  public TrainReport train(EventBatch batch) {
    if (batch.dimension() != network.dimension() || batch.size() == 0) {
      throw new IllegalArgumentException(
          "expected a batch of events with %d features, got %d events with %d"
              .formatted(network.dimension(), batch.size(), batch.dimension()));
    }
    long events = progress.events() + batch.size();
    EventBatch whole = FeatureInput.withoutGaps(batch);
    gaps = batch.size() - whole.size();
    far = 0;
    unscored = 0;
    taught = 0;
    if (input.map().isEmpty()) {
      input.see(batch);
      progress = with(events, 0, 0, 0, progress.prequential(), progress.clock());
      return report(true, true, Double.NaN, 0, Double.NaN, Double.NaN, 0);
    }
    if (whole.size() == 0) {
      guarded = 0;
      opened = false;
      progress = with(events, 0, 0, 0, progress.prequential(), progress.clock());
      return report(false, false, Double.NaN, 0, Double.NaN, Double.NaN, 0);
    }
    Matrix x = input.apply(input.map().get(), whole);
    reserve(whole.size());
    java.util.Arrays.fill(teaches, 0, whole.size(), true);
    double logLikelihood = prequential(x);
    MovingMean mean =
        Double.isNaN(logLikelihood)
            ? progress.prequential()
            : progress.prequential().plus(logLikelihood);
    taught = teachable(x);
    if (isElsewhere(whole)) {
      return beginAnew(events, logLikelihood);
    }
    return learn(events, logLikelihood, whole.size(), mean);
  }

  /** Whether most events have long been too far out to teach, so that other units are needed. */
  private boolean isElsewhere(EventBatch whole) {
    boolean watches = config().adaptation().driftThreshold() > 0;
    return input.refit(whole, watches && far > whole.size() / 2);
  }

  /** Learns from nothing under the units of now: what was learned holds for no event any more. */
  private TrainReport beginAnew(long events, double logLikelihood) {
    SplitMix initial = SplitMix.forStream(config().seed(), 1);
    quantizer = new QuantizerLearner(network, kernels, workers, initial);
    flow = new FlowLearner(network, kernels, workers, initial);
    calibration = new PrequentialCalibration(CalibrationState.fresh(config()));
    replay.clear();
    Clock clock = new Clock(0, 0, progress.clock().openings() + 1, DriftWatch.FRESH);
    progress =
        new Progress(events, 0, 0, progress.refused(), random.state(), MovingMean.EMPTY, clock);
    opened = true;
    taught = 0;
    return report(true, false, logLikelihood, 0, Double.NaN, Double.NaN, 0);
  }

  private TrainReport learn(long events, double logLikelihood, int scored, MovingMean mean) {
    int counted = Double.isNaN(logLikelihood) ? 0 : scored;
    opened = false;
    if (taught < 2) {
      progress = with(events, 0, 0, taught + far + unscored < 2 ? 0 : 1, mean, progress.clock());
      return report(false, false, logLikelihood, counted, Double.NaN, Double.NaN, 0);
    }
    quantizer.keep();
    long randomBefore = random.state();
    Matrix x = teaching.top(replay.draw(teaching.data(), taught, random));
    long chartClock = LearningRates.chartClock(config(), progress.clock().charts());
    QuantizerLearner.Step vq = quantizer.step(x, known, chartClock, random);
    boolean finite = vq.finite();
    boolean flows = progress.steps() >= network.config().training().flowDelay();
    double norm = Double.NaN;
    if (finite && flows) {
      FlowLearner.Step step = flowStep(x);
      finite = step.finite();
      norm = step.gradientNorm();
    }
    if (!finite) {
      quantizer.rollBack();
      random = new SplitMix(randomBefore);
      progress = with(events, 0, 0, 1, mean, progress.clock());
      return report(false, false, logLikelihood, counted, vq.reconstruction(), norm, 0);
    }
    replay.keep(x, taught, random);
    Clock clock = advance(flows, vq.reconstruction());
    progress = with(events, 1, flows ? 1 : 0, 0, mean, clock);
    return report(true, false, logLikelihood, counted, vq.reconstruction(), norm, vq.revived());
  }

  private FlowLearner.Step flowStep(Matrix x) {
    FlowLearner.Step step =
        flow.step(
            x,
            pairs,
            quantizer.charts(),
            quantizer.statistics().logPrior(),
            LearningRates.flowClock(config(), progress.clock().flows()));
    if (step.finite() && quantizer.responds(progress.steps())) {
      quantizer.statistics().respond(step.responsibility(), x.rows());
    }
    return step;
  }

  /** The clock after a step; where the world changed it is set back. */
  private Clock advance(boolean flows, double reconstruction) {
    Clock clock = progress.clock();
    DriftWatch drift = clock.drift().plus(unguarded, reconstruction);
    opened = drift.isDrift(config().adaptation().driftThreshold());
    if (!opened) {
      return new Clock(
          clock.charts() + 1, clock.flows() + (flows ? 1 : 0), clock.openings(), drift);
    }
    calibration.reset();
    replay.clear();
    return new Clock(
        LearningRates.opened(config().training()), 0, clock.openings() + 1, DriftWatch.FRESH);
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
    long flows = progress.clock().flows();
    int first = LearningRates.firstMeasured(flows, network.charts());
    int end = LearningRates.endMeasured(flows, network.charts());
    mass.estimateRoughly(evaluator, first, end);
    System.arraycopy(mass.z(), first, flow.z(), first, end - first);
    double[] prior = quantizer.statistics().logPrior();
    evaluator.evaluate(x, ChartMass.truncateInPlace(prior, flow.z()), false);
    known = x.rows();
    calibration.beginBatch();
    double sum = 0;
    double ofLetIn = 0;
    int letIn = 0;
    for (int i = 0; i < x.rows(); i++) {
      double standardised = evaluator.tile(i / Network.TILE).logDensity(i % Network.TILE);
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
    guarded = 0;
    for (int i = 0; i < x.rows(); i++) {
      boolean near = teaches[i];
      for (int j = 0; j < d; j++) {
        near &= Math.abs(x.get(i, j)) <= TEACHABLE;
      }
      if (near) {
        System.arraycopy(x.data(), x.row(i), teaching.data(), kept * d, d);
        if (known > 0) {
          nearest[kept] = evaluator.tile(i / Network.TILE).nearest(i % Network.TILE);
        }
        kept++;
      } else if (teaches[i]) {
        far++;
      } else if (calibration.guards()) {
        guarded++;
      } else {
        unscored++;
      }
    }
    known = Math.min(known, kept);
    return kept;
  }

  private Progress with(
      long events, int steps, int flowSteps, int refused, MovingMean mean, Clock clock) {
    return new Progress(
        events,
        progress.steps() + steps,
        progress.flowSteps() + flowSteps,
        progress.refused() + refused,
        random.state(),
        mean,
        clock);
  }

  private TrainReport report(
      boolean applied,
      boolean fitting,
      double logLikelihood,
      int scored,
      double reconstruction,
      double norm,
      int revived) {
    return new TrainReport(
        progress.steps(),
        progress.events(),
        applied,
        fitting,
        logLikelihood,
        scored,
        reconstruction,
        norm,
        usedCharts(),
        revived,
        fitting ? 0 : guarded,
        !fitting && opened,
        gaps,
        far + unscored,
        taught);
  }

  private int usedCharts() {
    return quantizer.codebook().alive(network.config().training().batch());
  }

  @Override
  public boolean isReady() {
    return progress.flowSteps() > 0;
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
            progress.events(),
            progress.steps(),
            request.positions(),
            request.eventTimeMillis(),
            progress.prequential().value(),
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
        progress,
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
