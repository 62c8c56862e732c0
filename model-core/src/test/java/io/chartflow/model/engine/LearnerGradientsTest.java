package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.TrainerState.QuantizerState;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Adam.AdamState;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.Differences;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleFlow;
import io.chartflow.model.reference.DoubleMarginalLoss;
import io.chartflow.model.reference.DoubleMlp;
import io.chartflow.model.reference.DoubleVqLoss;
import io.chartflow.model.vq.ChartCover;
import io.chartflow.model.vq.Codebook.CodebookState;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients that both learners step with, against central differences of double twins. */
class LearnerGradientsTest {

  private static final int ROWS = Network.TILE + 9; // more than one tile
  private static final int SAMPLE = 300;

  private final Kernels kernels = Kernels.best();
  private final Workers workers = new Workers(1);

  @AfterEach
  void closeWorkers() {
    workers.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void theQuantizersGradientIsThatOfTheStraightThroughLoss(int dimension) {
    Network network = Network.of(unclipped(Small.config(dimension)));
    SplitMix random = new SplitMix(31);
    QuantizerLearner learner = new QuantizerLearner(network, kernels, workers, random);
    Matrix x = gaussian(ROWS, dimension, random);
    float[] before = learner.theta().clone();
    learner.step(x, 0, 0, random);
    QuantizerState after = learner.state();

    double[] theta = widened(before);
    DoubleMlp encoder = new DoubleMlp(0, dimension, 16, 4);
    DoubleMlp decoder = new DoubleMlp(encoder.end(), 4, 16, dimension);
    double[][] rows = DoubleCharts.rows(x);
    double[][] codes = new double[ROWS][];
    double reconstruction = 0;
    for (int i = 0; i < ROWS; i++) {
      codes[i] = nearest(encoder.apply(theta, rows[i]), after.codebook().codes());
      double[] decoded = decoder.apply(theta, codes[i]);
      for (int j = 0; j < dimension; j++) {
        reconstruction += Math.pow(decoded[j] - rows[i][j], 2) / (ROWS * dimension);
      }
    }
    DoubleVqLoss loss = new DoubleVqLoss(encoder, decoder, 0.25, theta, rows, codes);
    assertThat(learner.reconstruction()).isCloseTo(reconstruction, offset(1e-5));
    assertSampledGradient(gradientOf(after.adam()), loss::of, theta);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void theFlowsGradientIsThatOfTheMarginalLoss(int dimension) {
    checkFlowGradient(Small.config(dimension));
  }

  @Test
  void theFlowsGradientIsThatOfTheMarginalLossOntoTheBall() {
    FlowConfig flow = Small.config(2).flow();
    checkFlowGradient(
        Small.config(2)
            .withFlow(
                new FlowConfig(flow.layers(), flow.width(), flow.maxLogScale(), 8, BaseKind.BALL)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theFlowsGradientIsThatOfTheMarginalLossAndTheDistance(int latents) {
    checkFlowGradient(Small.config(3).withEmbedding(new EmbeddingConfig(latents, 0.7, 3)));
  }

  /** Small charts that lie apart: most pairs count as nothing and do not go backwards. */
  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void theFlowsGradientIsThatOfAllPairsWhereMostCountAsNothing(int dimension) {
    checkFlowGradient(Small.config(dimension), 0.05f);
  }

  @Test
  void pairsThatCountAsNothingAreLeftOutOfTheDistanceToo() {
    checkFlowGradient(Small.config(3).withEmbedding(new EmbeddingConfig(2, 0.7, 3)), 0.005f);
  }

  private void checkFlowGradient(AtlasConfig config) {
    checkFlowGradient(config, 0.5f);
  }

  private void checkFlowGradient(AtlasConfig config, float variance) {
    Network network = Network.of(unclipped(config));
    int dimension = config.dimension();
    SplitMix random = new SplitMix(32);
    FlowLearner learner = new FlowLearner(network, kernels, workers, random);
    float[] theta = learner.state().weights().toArray();
    for (int i = 0; i < theta.length; i++) {
      theta[i] += (float) (0.05 * random.nextGaussian());
    }
    Floats moved = Floats.copyOf(theta);
    learner.restore(
        new TrainerState.FlowState(moved, moved, learner.state().adam(), learner.state().z()));
    Matrix variances = Matrix.zeros(8, dimension);
    variances.fill(variance);
    ChartSet charts =
        new ChartSet(gaussian(8, 4, random), gaussian(8, dimension, random), variances);
    double[] logPrior = new double[8];
    for (int k = 0; k < 8; k++) {
      logPrior[k] = Math.log((k + 1) / 36.0);
    }
    Matrix x = gaussian(ROWS, dimension, random);
    List<PairList> tiles = someCover(network, charts, random);
    learner.step(x, tiles::get, charts, logPrior, 0);

    int[][] covering = new int[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      PairList pairs = tiles.get(i / Network.TILE);
      int row = i % Network.TILE;
      covering[i] =
          IntStream.range(pairs.first(row), pairs.first(row + 1)).map(pairs::chart).toArray();
    }
    DoubleFlow flow = new DoubleFlow(config.flow(), dimension, config.latentDimension(), 4);
    DoubleMarginalLoss marginal = new DoubleMarginalLoss(flow, new DoubleCharts(charts), logPrior);
    double[] wide = widened(theta);
    double[][] rows = DoubleCharts.rows(x);
    ToDoubleFunction<double[]> loss =
        config.embedding().isPresent()
            ? at -> marginal.embedded(config.embedding(), wide, at, rows, covering)
            : at -> marginal.of(at, rows, covering);
    double expected = loss.applyAsDouble(wide);
    assertThat(learner.loss()).isCloseTo(expected, offset(1e-4 * Math.max(1, Math.abs(expected))));
    assertSampledGradient(gradientOf(learner.state().adam()), loss, wide);
  }

  @Test
  void theGradientIsTheSameForEveryNumberOfRowsPerTile() {
    Network network = Network.of(unclipped(Small.config(2)));
    Matrix x = gaussian(2 * Network.TILE, 2, new SplitMix(33));
    Matrix twice = Matrix.zeros(4 * Network.TILE, 2);
    for (int i = 0; i < twice.rows(); i++) {
      System.arraycopy(x.data(), x.row(i % x.rows()), twice.data(), twice.row(i), 2);
    }
    float[] once = quantizerGradient(network, x);
    float[] doubled = quantizerGradient(network, twice);
    double[] expected = widened(once);

    Differences.assertSameGradient("of a batch that holds each row twice", doubled, expected, 3);
  }

  private float[] quantizerGradient(Network network, Matrix x) {
    QuantizerLearner learner = new QuantizerLearner(network, kernels, workers, new SplitMix(34));
    learner.step(Matrix.of(new float[] {1, 0, 0, 1, 1, 1, 0, 0}, 0, 4, 2), 0, 0, new SplitMix(35));
    QuantizerState state = learner.state();
    int size = state.weights().size();
    AdamState fresh =
        new AdamState(0, Floats.copyOf(new float[size]), Floats.copyOf(new float[size]));
    learner.restore(new QuantizerState(state.weights(), fresh, frozen(state), state.charts()));
    learner.step(x, 0, 1, new SplitMix(36));
    return gradientOf(learner.state().adam());
  }

  /** Counts so large that one batch does not move a code. */
  private static CodebookState frozen(QuantizerState state) {
    float[] counts = state.codebook().counts().toArray();
    float[] sums = state.codebook().codes().toArray();
    for (int k = 0; k < counts.length; k++) {
      counts[k] = 1e9f;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= 1e9f;
    }
    return new CodebookState(state.codebook().codes(), Floats.copyOf(counts), Floats.copyOf(sums));
  }

  private static List<PairList> someCover(Network network, ChartSet charts, SplitMix random) {
    ChartCover cover = new ChartCover(network.config().charts(), Kernels.best());
    cover.use(charts.codes());
    Matrix encodings = gaussian(ROWS, 4, random);
    List<PairList> tiles = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      if (i % Network.TILE == 0) {
        tiles.add(new PairList());
      }
      cover.cover(encodings, i, tiles.get(i / Network.TILE));
    }
    return tiles;
  }

  private static AtlasConfig unclipped(AtlasConfig config) {
    TrainingConfig training =
        new TrainingConfig(Small.BATCH, 512, 5e-3, 300, 0.99, 1e9, 2e-3, 100, 0.02, 40);
    return config.withTraining(training);
  }

  /** Adam's first moment after its first step is (1 − β₁) times the gradient. */
  private static float[] gradientOf(AdamState adam) {
    assertThat(adam.steps()).isEqualTo(1);
    float[] gradient = adam.m().toArray();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= 1 - 0.9f;
    }
    return gradient;
  }

  private static void assertSampledGradient(
      float[] byHand, ToDoubleFunction<double[]> loss, double[] theta) {
    Differences.assertSameSampledGradient("sampled weights", byHand, loss, theta, SAMPLE, 38);
  }

  private static double[] nearest(double[] e, Floats codes) {
    double[] best = new double[e.length];
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < codes.size() / e.length; k++) {
      double[] code = new double[e.length];
      double squared = 0;
      for (int j = 0; j < e.length; j++) {
        code[j] = codes.get(k * e.length + j);
        squared += Math.pow(code[j] - e[j], 2);
      }
      if (squared < least) {
        least = squared;
        best = code;
      }
    }
    return best;
  }

  static Matrix gaussian(int rows, int cols, SplitMix random) {
    Matrix m = Matrix.zeros(rows, cols);
    for (int i = 0; i < rows * cols; i++) {
      m.data()[i] = (float) random.nextGaussian();
    }
    return m;
  }

  private static double[] widened(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
