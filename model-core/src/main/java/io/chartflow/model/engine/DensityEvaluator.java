package io.chartflow.model.engine;

import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.BlockMlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.vq.ChartCover;
import io.chartflow.model.vq.NearCodes;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The density of events under one set of weights: encode, find the covering charts, run the flow on
 * each pair, sum. Standardised units. Tiles of events go to lanes; an event's result depends on
 * that event alone, so tiles are as large as leaves work for every worker: the pairs of a tile go
 * in blocks, and what does not fill one takes as long as if it did.
 */
final class DensityEvaluator {

  /** The most events of a tile, whole {@link Network#TILE}s. */
  private static final int MOST = 4 * Network.TILE;

  /** Weights of a flow from which on less than a {@link Network#TILE} is work for a worker. */
  private static final int WIDE = 1 << 18;

  /** The fewest events of such a tile: their pairs fill a block. */
  private static final int LEAST = 16;

  private final Network network;
  private final Kernels kernels;
  private final Workers workers;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Tile> tiles = new ArrayList<>();
  private final List<Matrix> tables;
  private final Matrix codeRows;
  private final NearestCodes nearest;
  private final Rows encodings;
  private Weights flowWeights;
  private Weights quantizerWeights;
  private double[] coveredWeight = new double[0];
  private final Kernels shared;
  private Matrix x = Matrix.zeros(0, 0);
  private int tileSize = Network.TILE;
  private double[] logWeight = new double[0];
  private boolean allCharts;
  private boolean together;
  private Matrix encoded = Matrix.zeros(0, 0);
  private final IntConsumer encodeLane = this::encodeLane;
  private final IntConsumer evaluateLane = this::evaluateLane;
  private final IntConsumer packPart = this::packPart;

  DensityEvaluator(Network network, Kernels kernels, Workers workers) {
    this.network = network;
    this.kernels = kernels;
    this.workers = workers;
    this.shared = workers.share(kernels);
    this.tables = network.flow().newTables(network.charts());

    this.flowWeights = fresh(network.flow().layout());
    this.quantizerWeights = fresh(network.autoencoder().layout());
    int dv = network.config().quantizer().codeDimension();
    this.codeRows = Matrix.zeros(network.charts(), dv);
    this.nearest = new NearestCodes(network, kernels, workers);
    this.encodings = new Rows(dv);
    for (int lane = 0; lane < Workers.LANES; lane++) {
      lanes.add(new Lane(network, nearest.cover(lane), kernels));
    }
  }

  private static Weights fresh(ParameterLayout layout) {
    return new Weights(layout, new float[layout.size()]);
  }

  /** Evaluates with these weights, as they are now; called again when they change. */
  void use(float[] quantizer, ChartSet charts, float[] flow) {
    if (quantizerWeights.values() != quantizer) {
      quantizerWeights = new Weights(network.autoencoder().layout(), quantizer);
    }
    if (flowWeights.values() != flow) {
      flowWeights = new Weights(network.flow().layout(), flow);
    }
    quantizerWeights.pack(kernels);
    workers.run(packPart);
    network.flow().fillTables(kernels, flowWeights, charts, tables);
    charts.codes().copyTo(codeRows);
    nearest.use(charts.codes());
    for (int lane = 0; lane < lanes.size(); lane++) {
      lanes.get(lane).near.use(charts.codes());
    }
  }

  private void packPart(int part) {
    flowWeights.pack(kernels, part, Workers.LANES);
  }

  /**
   * From now on every evaluation also sums {@code log p(x|k)} plus these weights over the charts
   * that cover the event, whatever its own sum is over; see {@link Tile#logCovered}. The same bits
   * as the density of an evaluation with these weights, at the cost of an encoding at most.
   */
  void sumCoveredToo(double[] logWeight) {
    coveredWeight = logWeight;
  }

  /**
   * Evaluates every row of {@code x}; results are read with {@link #tileOf}.
   *
   * @param logWeight added to {@code log p(x|k)}: {@code log p_k}, or {@code log p_k/Z_k}
   * @param allCharts whether the sum is over all charts or those that cover the event
   */
  void evaluate(Matrix x, double[] logWeight, boolean allCharts) {
    this.x = x;
    this.logWeight = logWeight;
    this.allCharts = allCharts;
    this.together = !allCharts && coveredWeight.length == 0 && nearest.prefersTogether(x.rows());
    tileSize = tileSize(x.rows(), workers.count());
    int count = tiles();
    while (tiles.size() < count) {
      tiles.add(new Tile());
    }
    if (together) {
      encoded = encodings.top(x.rows());
      workers.run(encodeLane);
      nearest.cover(encoded);
    }
    if (count == 1) {
      evaluateTile(lanes.get(0), tiles.get(0), 0, shared);
    } else {
      workers.run(evaluateLane);
    }
  }

  /**
   * Where one worker has all lanes they may be empty. A few events of a wide model are a tile a
   * worker: to share their products instead leaves the others idle between two of them.
   */
  private int tileSize(int rows, int workers) {
    boolean few = workers > 1 && rows <= workers * Network.TILE && rows > workers * LEAST;
    if (few && !together && network.flow().layout().size() >= WIDE) {
      return (rows + workers - 1) / workers;
    }
    int share = workers > 1 ? (rows + Workers.LANES - 1) / Workers.LANES : rows;
    return Math.min(MOST, Math.max(1, Network.tiles(share)) * Network.TILE);
  }

  private int tiles() {
    return (x.rows() + tileSize - 1) / tileSize;
  }

  private void evaluateLane(int lane) {
    for (int t = lane; t < tiles(); t += Workers.LANES) {
      evaluateTile(lanes.get(lane), tiles.get(t), t * tileSize, kernels);
    }
  }

  private void encodeLane(int lane) {
    for (int t = lane; t < tiles(); t += Workers.LANES) {
      int from = t * tileSize;
      Matrix rows = tiles.get(t).rows(x, from, Math.min(tileSize, x.rows() - from));
      Matrix e = lanes.get(lane).encode(network, kernels, quantizerWeights, rows);
      int size = e.rows() * e.cols();
      System.arraycopy(e.data(), e.row(0), encoded.data(), encoded.row(from), size);
    }
  }

  /** The flow's weights in use. */
  Weights weights() {
    return flowWeights;
  }

  /** The flow's tables under these weights. */
  List<Matrix> tables() {
    return tables;
  }

  /** The tile that has the results of a row of the last evaluation. */
  Tile tileOf(int row) {
    return tiles.get(row / tileSize);
  }

  /** Which row of its tile that is. */
  int placeOf(int row) {
    return row % tileSize;
  }

  /** Threads that lanes run on. */
  int workers() {
    return workers.count();
  }

  /** Runs {@code body} for every lane; lanes may {@link #decode} side by side. */
  void inLanes(IntConsumer body) {
    workers.run(body);
  }

  /** Whether chart {@code charts[i]} covers row i of {@code x}, for each of the rows. */
  void covered(int byLane, Matrix x, int[] charts, boolean[] out) {
    Lane lane = lanes.get(byLane);
    for (int from = 0; from < x.rows(); from += Network.TILE) {
      int n = Math.min(Network.TILE, x.rows() - from);
      Matrix e = lane.encode(network, kernels, quantizerWeights, x.rows(from, n));
      for (int i = 0; i < n; i++) {
        out[from + i] = lane.cover.covers(e, i, charts[from + i]);
      }
    }
  }

  /**
   * Latents, in the first d of D columns, in place, to the events that chart {@code k} makes of
   * them; how many of these it covers.
   */
  int imagesCovered(int byLane, Matrix latents, int k) {
    Lane lane = lanes.get(byLane);
    java.util.Arrays.fill(lane.chart, k);
    int covered = 0;
    for (int from = 0; from < latents.rows(); from += Network.TILE) {
      Matrix rows = latents.rows(from, Math.min(Network.TILE, latents.rows() - from));
      lane.flow.inverse(kernels, flowWeights, tables, codeRows, rows, lane.chart);
      covered += lane.near.covered(lane.encode(network, kernels, quantizerWeights, rows), k);
    }
    return covered;
  }

  /**
   * Latents, in the first d of D columns, in place, to standardised events, row i by chart {@code
   * charts[i]}.
   */
  void decode(int byLane, Matrix latents, int[] charts) {
    lanes.get(byLane).flow.inverse(kernels, flowWeights, tables, codeRows, latents, charts);
  }

  private void evaluateTile(Lane lane, Tile tile, int from, Kernels kernels) {
    int n = Math.min(tileSize, x.rows() - from);
    tile.pairs.clear();
    tile.covering.clear();
    boolean both = coveredWeight.length > 0;
    if (together) {
      for (int t = from / Network.TILE; t * Network.TILE < from + n; t++) {
        tile.pairs.addAll(nearest.pairs(t));
      }
      System.arraycopy(nearest.nearest(x.rows()), from, tile.nearest, 0, n);
    } else {
      cover(lane, tile, from, n, both);
    }
    tile.reserve();
    for (int i = 0; i < n; ) {
      int end = PairFlow.passEnd(tile.pairs, i);
      lane.flow.score(kernels, flowWeights, tables, codeRows, x, from, tile.pairs, i, end);
      tile.sum(i, end, lane.flow, logWeight);
      if (both) {
        tile.sumCovered(i, end, lane.flow, coveredWeight);
      }
      i = end;
    }
  }

  /** Finds the pairs of a tile. */
  private void cover(Lane lane, Tile tile, int from, int n, boolean both) {
    Matrix e =
        allCharts && !both
            ? x
            : lane.encode(network, kernels, quantizerWeights, tile.rows(x, from, n));
    if (allCharts) {
      for (int i = 0; i < n; i++) {
        lane.cover.coverAll(tile.pairs);
      }
    } else {
      lane.cover.coverRows(e, tile.pairs);
      for (int i = 0; i < n; i++) {
        tile.nearest[i] = lane.cover.nearest(i);
      }
    }
    if (both) {
      lane.cover.coverRows(e, tile.covering);
    }
  }

  /** Working memory of one lane. */
  private static final class Lane {

    /** Rows from which on blocks of them are encoded in less time. */
    private static final int MANY = 16;

    private final PairFlow flow;
    private final ChartCover cover;
    private final NearCodes near;
    private final MlpTape tape;
    private final Rows encodings;
    private final Optional<BlockMlp> encoder;
    private final int[] chart = new int[Network.TILE];

    private Lane(Network network, ChartCover cover, Kernels kernels) {
      int dv = network.config().quantizer().codeDimension();
      this.flow = new PairFlow(network);
      this.cover = cover;
      this.near = new NearCodes(network.charts(), dv, cover, kernels);
      this.tape = new MlpTape(network.config().quantizer().width());
      this.encodings = new Rows(dv);
      this.encoder = network.autoencoder().blocks(kernels);
    }

    private Matrix encode(Network network, Kernels kernels, Weights weights, Matrix rows) {
      Matrix e = encodings.top(rows.rows());
      if (encoder.isPresent() && rows.rows() > MANY) {
        encoder.get().forward(weights, rows, e);
      } else {
        network.autoencoder().encode(kernels, weights, rows, tape, e);
      }
      return e;
    }
  }

  /** Results of one tile: pairs, their posterior, and each row's log-density. */
  static final class Tile {

    private final PairList pairs = new PairList();
    private final PairList covering = new PairList();
    private final double[] logCovered = new double[MOST];
    private final double[] logDensity = new double[MOST];
    private final int[] chart = new int[MOST];
    private final int[] nearest = new int[MOST];
    private final double[] distance = new double[MOST];
    private double[] posterior = new double[0];
    private float[] latents = new float[0];
    private Matrix rows = Matrix.zeros(0, 0);

    PairList pairs() {
      return pairs;
    }

    /** {@code log p(x̃)} of a row. */
    double logDensity(int row) {
      return logDensity[row];
    }

    /** The sum that {@link DensityEvaluator#sumCoveredToo} asked for. */
    double logCovered(int row) {
      return logCovered[row];
    }

    /** The most probable chart of a row; of equals the first. */
    int chart(int row) {
      return chart[row];
    }

    /** The code nearest to a row; known where the charts that cover it were looked for. */
    int nearest(int row) {
      return nearest[row];
    }

    /** {@code p(k|x)} of a pair. */
    double posterior(int pair) {
      return posterior[pair];
    }

    /** {@code ‖x̃ − c_k(c_k†(x̃))‖} of a row's most probable chart; 0 if d = D. */
    double distance(int row) {
      return distance[row];
    }

    /** Copies {@code f_k(x)} of a pair to {@code z}. */
    void latent(int pair, double[] z) {
      for (int j = 0; j < z.length; j++) {
        z[j] = latents[pair * z.length + j];
      }
    }

    /** The tile's rows of {@code x}, viewed anew where they are not those of the last call. */
    private Matrix rows(Matrix x, int from, int count) {
      if (rows.data() != x.data() || rows.offset() != x.row(from) || rows.rows() != count) {
        rows = x.rows(from, count);
      }
      return rows;
    }

    private void reserve() {
      if (posterior.length < pairs.size()) {
        posterior = new double[pairs.size() + pairs.size() / 4];
      }
    }

    private void sum(int fromEvent, int toEvent, PairFlow flow, double[] logWeight) {
      int base = pairs.first(fromEvent);
      int n = pairs.first(toEvent) - base;
      Matrix z = flow.latents(n);
      if (latents.length < posterior.length * z.cols()) {
        latents = java.util.Arrays.copyOf(latents, posterior.length * z.cols());
      }
      for (int p = 0; p < n; p++) {
        System.arraycopy(z.data(), z.row(p), latents, (base + p) * z.cols(), z.cols());
      }
      for (int event = fromEvent; event < toEvent; event++) {
        int from = pairs.first(event);
        int to = pairs.first(event + 1);
        int best = from;
        for (int p = from; p < to; p++) {
          posterior[p] = flow.logDensity()[p - base] + logWeight[pairs.chart(p)];
          best = posterior[p] > posterior[best] ? p : best;
        }
        double peak = posterior[best];
        double total = 0;
        for (int p = from; p < to; p++) {
          double below = posterior[p] - peak;
          posterior[p] = below == 0 ? 1 : Math.exp(below); // the same bits, in less time
          total += posterior[p];
        }
        for (int p = from; p < to; p++) {
          posterior[p] /= total;
        }
        logDensity[event] = total == 1 ? peak : peak + Math.log(total);
        chart[event] = pairs.chart(best);
        distance[event] = Math.sqrt(flow.squaredDistance(best - base));
      }
    }

    private void sumCovered(int fromEvent, int toEvent, PairFlow flow, double[] weight) {
      int base = pairs.first(fromEvent);
      for (int event = fromEvent; event < toEvent; event++) {
        double peak = Double.NEGATIVE_INFINITY;
        double total = 0;
        for (int pass = 0; pass < 2; pass++) {
          int next = covering.first(event);
          int end = covering.first(event + 1);
          for (int p = pairs.first(event); next < end; p++) {
            if (pairs.chart(p) == covering.chart(next)) {
              double joint = flow.logDensity()[p - base] + weight[pairs.chart(p)];
              peak = pass == 0 ? Math.max(peak, joint) : peak;
              total += pass == 0 ? 0 : Math.exp(joint - peak);
              next++;
            }
          }
        }
        logCovered[event] = peak + Math.log(total);
      }
    }
  }
}
