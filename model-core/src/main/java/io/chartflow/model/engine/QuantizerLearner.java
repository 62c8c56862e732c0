package io.chartflow.model.engine;

import io.chartflow.model.config.ChartPrior;
import io.chartflow.model.config.CodebookUpdate;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.TrainerState.QuantizerState;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Adam;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.online.LearningRates;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.vq.ChartStatistics;
import io.chartflow.model.vq.Codebook;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Learns auto-encoder, codebook and charts. Loss per batch of n: {@code ‖D(ē) − x̃‖²/(nD) + β‖E(x̃)
 * − sg[v]‖²/(n·d_v)} with {@code ē = e + sg[v − e]}: the decoder's gradient passes straight through
 * to the encoder. Codes that learn by gradient add {@code ‖sg[E(x̃)] − v‖²/(n·d_v)}. With the
 * identity for an encoder there are no networks, and the reconstruction is the code itself.
 *
 * <p>Source: van den Oord et al. 2017, equation 3.
 */
final class QuantizerLearner {

  private static final Matrix NONE = Matrix.zeros(0, 0);

  private final Network network;
  private final Kernels kernels;
  private final Workers workers;
  private final float[] theta;
  private final Weights weights;
  private final Codebook codebook;
  private final ChartStatistics statistics;
  private final ChartSet charts;
  private final NearestCodes near;
  private final List<VqTape> tapes = new ArrayList<>();
  private final float[][] gradients;
  private final List<Views> gradientViews = new ArrayList<>();
  private final boolean codesLearn;
  private final float[] learned;
  private final float[] keptTheta;
  private final Adam keptAdam;
  private final Codebook keptCodebook;
  private final ChartStatistics keptStatistics;
  private Adam adam;
  private double reconstruction;
  private int revived;
  private final Rows encodings;
  private Matrix x = Matrix.zeros(0, 0);
  private Matrix e = Matrix.zeros(0, 0);
  private final IntConsumer encodeLane = this::encodeLane;
  private final IntConsumer backwardLane = this::backwardLane;
  private final IntConsumer addLanes = this::addLanes;
  private final int[] placed;
  private final PairList all = new PairList();

  QuantizerLearner(Network network, Kernels kernels, Workers workers, SplitMix random) {
    this.network = network;
    this.kernels = kernels;
    this.workers = workers;
    this.theta = network.autoencoder().initialWeights(random);
    this.weights = new Weights(network.autoencoder().layout(), theta);
    QuantizerConfig config = network.config().quantizer();
    int dv = config.codeDimension();
    double decay = LearningRates.decay(network.config());
    this.codesLearn = config.update() == CodebookUpdate.GRADIENT;
    int learned = theta.length + (codesLearn ? network.charts() * dv : 0);
    this.adam = new Adam(learned);
    this.learned = codesLearn ? new float[learned] : theta;
    this.gradients = new float[Workers.LANES][learned];
    this.codebook = new Codebook(network.charts(), dv, decay);
    this.statistics = new ChartStatistics(network.charts(), network.dimension(), decay);
    this.charts =
        new ChartSet(
            codebook.codes(), statistics.means(), statistics.variances(), statistics.logSpreads());
    this.keptTheta = new float[theta.length];
    this.keptAdam = new Adam(learned);
    this.keptCodebook = new Codebook(network.charts(), dv, decay);
    this.keptStatistics = new ChartStatistics(network.charts(), network.dimension(), decay);
    this.encodings = new Rows(dv);
    this.placed = new int[network.charts()];
    this.near = new NearestCodes(network, kernels, workers);
    for (int lane = 0; lane < Workers.LANES; lane++) {
      gradientViews.add(new Views(network.autoencoder().layout(), gradients[lane]));
    }
  }

  /** The weights of encoder and decoder, live. */
  float[] theta() {
    return theta;
  }

  /** Whether the chart prior follows the posteriors that the flows give at this step. */
  boolean responds(long step) {
    return network.config().charts().prior() == ChartPrior.RESPONSIBILITY
        && step >= network.config().training().flowDelay();
  }

  /** The charts, a live view. */
  ChartSet charts() {
    return charts;
  }

  ChartStatistics statistics() {
    return statistics;
  }

  Codebook codebook() {
    return codebook;
  }

  /**
   * Where each row's nearest code lies, live: room for this many. A scorer that measured these rows
   * against these codes knows them.
   */
  int[] nearest(int rows) {
    return near.nearest(rows);
  }

  /** The pairs of tile {@code t} under the codes of the last step. */
  PairList pairs(int tile) {
    return near.pairs(tile);
  }

  /** Mean squared error of the auto-encoder at the last step. */
  double reconstruction() {
    return reconstruction;
  }

  /** Codes that came back at the last step. */
  int revived() {
    return revived;
  }

  /**
   * One step: encodes, moves the codes, takes the charts' statistics, then steps the networks. When
   * the result is not finite the caller restores what it held before.
   *
   * @param known of how many rows the caller left the nearest code in {@link #nearest}
   * @return whether the result is finite
   */
  boolean step(Matrix x, int known, long step, SplitMix random) {
    int n = x.rows();
    int tiles = Network.tiles(n);
    reserve(tiles);
    this.x = x;
    this.e = encodings.top(n);
    weights.refresh(kernels);
    workers.run(encodeLane);
    revived = moveCodes(x, e, known, step, random);
    workers.run(backwardLane);
    workers.run(addLanes);
    double total = 0;
    for (int t = 0; t < tiles; t++) {
      total += tapes.get(t).squaredError;
    }
    reconstruction = total / ((double) n * network.dimension());
    double norm = adam.norm(kernels, gradients[0]);
    if (!Double.isFinite(reconstruction) || !Double.isFinite(norm)) {
      return false;
    }
    TrainingConfig training = network.config().training();
    double rate = LearningRates.charts(training, step);
    adamStep(norm, rate, training.gradientClip());
    return true;
  }

  /** Steps the weights and, where they learn by gradient, the codes behind them. */
  private void adamStep(double norm, double rate, double clip) {
    if (!codesLearn) {
      adam.step(kernels, theta, gradients[0], norm, rate, clip);
      return;
    }
    float[] codes = codebook.codes().data();
    System.arraycopy(theta, 0, learned, 0, theta.length);
    System.arraycopy(codes, 0, learned, theta.length, codes.length);
    adam.step(kernels, learned, gradients[0], norm, rate, clip);
    System.arraycopy(learned, 0, theta, 0, theta.length);
    System.arraycopy(learned, theta.length, codes, 0, codes.length);
  }

  private void encodeLane(int lane) {
    for (int t = lane; t < Network.tiles(x.rows()); t += Workers.LANES) {
      encode(t);
    }
  }

  private void backwardLane(int lane) {
    java.util.Arrays.fill(gradients[lane], 0f);
    for (int t = lane; t < Network.tiles(x.rows()); t += Workers.LANES) {
      backward(x, e, t, gradientViews.get(lane));
    }
  }

  private void addLanes(int part) {
    int used = Math.min(Network.tiles(x.rows()), Workers.LANES);
    FlowGradient.addLanes(kernels.weights(), gradients, used, part);
  }

  private void encode(int tile) {
    VqTape tape = tapes.get(tile);
    Matrix rows = tape.rows.of(x, tile);
    network.autoencoder().encode(kernels, weights, rows, tape.encoder, tape.encoded.of(e, tile));
  }

  /** Moves the codes and leaves each tile's pairs and nearest codes under the moved ones. */
  private int moveCodes(Matrix x, Matrix e, int known, long step, SplitMix random) {
    TrainingConfig training = network.config().training();
    boolean restarts = LearningRates.restartsCodes(training, step);
    if (restarts) {
      codebook.start(e, random);
      statistics.restart();
    }
    near.find(e, codebook.codes(), restarts ? 0 : known);
    if (codesLearn) {
      codebook.count(e.rows(), near.nearest(e.rows()));
    } else {
      codebook.update(e, near.nearest(e.rows()));
    }
    near.use(codebook.codes());
    near.cover(e);
    int revived = step > 0 ? revive(x, e, random) : 0;
    if (revived > 0) {
      near.use(codebook.codes());
      near.cover(e);
    }
    all.clear();
    for (int t = 0; t < Network.tiles(e.rows()); t++) {
      all.addAll(pairs(t));
    }
    double pace = LearningRates.charts(training, step) / training.chartLearningRate();
    statistics.update(x, all, pace, !responds(step));
    return revived;
  }

  private int revive(Matrix x, Matrix e, SplitMix random) {
    int revived = codebook.revive(e, near.squared(), random, placed);
    for (int k = 0; revived > 0 && k < placed.length; k++) {
      if (placed[k] >= 0) {
        statistics.revive(k, x, placed[k], near.nearest(x.rows())[placed[k]]);
      }
    }
    return revived;
  }

  private void backward(Matrix x, Matrix e, int tile, Views gradient) {
    VqTape tape = tapes.get(tile);
    Matrix rows = tape.rows.of(x, tile);
    Matrix encoded = tape.encoded.of(e, tile);
    int n = rows.rows();
    int dv = e.cols();
    Matrix codes = codebook.codes();
    Matrix quantised = tape.quantised.top(n);
    int[] nearest = near.nearest(x.rows());
    for (int i = 0; i < n; i++) {
      int code = nearest[tile * Network.TILE + i];
      System.arraycopy(codes.data(), codes.row(code), quantised.data(), i * dv, dv);
    }
    if (codesLearn) {
      addCodeGradient(encoded, quantised, tile * Network.TILE, x.rows(), gradient.values());
    }
    if (network.autoencoder().isIdentity()) {
      tape.squaredError = squaredDistance(rows, quantised);
      return;
    }
    Matrix dEncoded = decodeAndBack(x, rows, quantised, tape, gradient);
    double commitment =
        2 * network.config().quantizer().commitmentCost() / ((double) x.rows() * dv);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < dv; j++) {
        double pull = commitment * (encoded.get(i, j) - quantised.get(i, j));
        dEncoded.set(i, j, (float) (dEncoded.get(i, j) + pull));
      }
    }
    Mlp encoder = network.autoencoder().encoder();
    encoder.backward(kernels, weights, rows, tape.encoder, dEncoded, NONE, gradient);
  }

  /** The reconstruction's gradient by the decoder's input. */
  private Matrix decodeAndBack(
      Matrix x, Matrix rows, Matrix quantised, VqTape tape, Views gradient) {
    int n = rows.rows();
    Matrix decoded = tape.decoded.top(n);
    Mlp decoder = network.autoencoder().decoder();
    decoder.forward(kernels, weights, quantised, tape.decoder, decoded);
    double scale = 2.0 / ((double) x.rows() * x.cols());
    double total = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < x.cols(); j++) {
        double error = (double) decoded.get(i, j) - rows.get(i, j);
        total += error * error;
        decoded.set(i, j, (float) (scale * error));
      }
    }
    tape.squaredError = total;
    Matrix dEncoded = tape.dEncoded.top(n);
    dEncoded.fill(0);
    decoder.backward(kernels, weights, quantised, tape.decoder, decoded, dEncoded, gradient);
    return dEncoded;
  }

  /** The gradient of {@code ‖sg[E(x̃)] − v‖²/(n·d_v)} by the codes, behind that of the weights. */
  private void addCodeGradient(
      Matrix encoded, Matrix quantised, int from, int batch, float[] gradient) {
    int dv = encoded.cols();
    double scale = 2.0 / ((double) batch * dv);
    int[] nearest = near.nearest(batch);
    for (int i = 0; i < encoded.rows(); i++) {
      int at = theta.length + nearest[from + i] * dv;
      for (int j = 0; j < dv; j++) {
        gradient[at + j] += (float) (scale * (quantised.get(i, j) - encoded.get(i, j)));
      }
    }
  }

  private static double squaredDistance(Matrix a, Matrix b) {
    double total = 0;
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        double error = (double) a.get(i, j) - b.get(i, j);
        total += error * error;
      }
    }
    return total;
  }

  private void reserve(int tiles) {
    while (tapes.size() < tiles) {
      tapes.add(new VqTape(network));
    }
  }

  /** Remembers everything, for {@link #rollBack}. */
  void keep() {
    System.arraycopy(theta, 0, keptTheta, 0, theta.length);
    keptAdam.copyFrom(adam);
    keptCodebook.copyFrom(codebook);
    keptStatistics.copyFrom(statistics);
  }

  /** Everything as it was at the last {@link #keep}. */
  void rollBack() {
    System.arraycopy(keptTheta, 0, theta, 0, theta.length);
    adam.copyFrom(keptAdam);
    codebook.copyFrom(keptCodebook);
    statistics.copyFrom(keptStatistics);
  }

  QuantizerState state() {
    return new QuantizerState(
        Floats.copyOf(theta), adam.state(), codebook.state(), statistics.state());
  }

  void restore(QuantizerState state) {
    state.weights().copyTo(theta, 0);
    adam = new Adam(state.adam());
    codebook.restore(state.codebook());
    statistics.restore(state.charts());
  }

  /** What a tile's forward pass leaves for its backward pass. */
  private static final class VqTape {

    private final TileView rows = new TileView();
    private final TileView encoded = new TileView();
    private final MlpTape encoder;
    private final MlpTape decoder;
    private final Rows quantised;
    private final Rows decoded;
    private final Rows dEncoded;
    private double squaredError;

    private VqTape(Network network) {
      int width = network.config().quantizer().width();
      int dv = network.config().quantizer().codeDimension();
      this.encoder = new MlpTape(width);
      this.decoder = new MlpTape(width);
      this.quantised = new Rows(dv);
      this.decoded = new Rows(network.dimension());
      this.dEncoded = new Rows(dv);
    }
  }
}
