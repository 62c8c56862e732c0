package io.chartflow.model.engine;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.vq.ChartCover;
import io.chartflow.model.vq.CodeIndex;
import io.chartflow.model.vq.GroupOrder;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which codes the encodings of a batch are near: each row's nearest, each tile's pairs. Where codes
 * are in groups and rows many, rows are sorted first, so that a block of them is near to few codes.
 */
final class NearestCodes {

  /** Rows from which on neighbours among them are near to each other. */
  private static final int MANY = 4 * Network.TILE;

  private final Workers workers;
  private final CodeIndex codes;
  private final GroupOrder order;
  private final List<ChartCover> covers = new ArrayList<>();
  private final List<PairList> pairs = new ArrayList<>();
  private final List<PairList> sortedPairs = new ArrayList<>();
  private final List<TileView> views = new ArrayList<>();
  private int[] nearest = new int[0];
  private double[] squared = new double[0];
  private int[] place = new int[0];
  private Matrix encodings = Matrix.zeros(0, 0);
  private int known;
  private final IntConsumer findInLane = this::findInLane;
  private final IntConsumer coverInLane = this::coverInLane;
  private final IntConsumer groupInLane = this::groupInLane;
  private final IntConsumer coverSortedInLane = this::coverSortedInLane;
  private final IntConsumer listInLane = this::listInLane;

  NearestCodes(Network network, Kernels kernels, Workers workers) {
    this.workers = workers;
    int dv = network.config().quantizer().codeDimension();
    this.codes = new CodeIndex(network.charts(), dv, kernels);
    this.order = new GroupOrder(codes);
    for (int lane = 0; lane < Workers.LANES; lane++) {
      covers.add(new ChartCover(network.config().charts(), kernels));
      covers.get(lane).use(codes);
    }
  }

  /** Measures against these codes (K × d_v) from now on, as they are now. */
  void use(Matrix codebook) {
    codes.use(codebook);
  }

  /** What lane {@code lane} measures single rows with. */
  ChartCover cover(int lane) {
    return covers.get(lane);
  }

  /** Whether so many rows are better covered together than tile by tile. */
  boolean prefersTogether(int rows) {
    return rows >= MANY && covers.get(0).prefersSorted();
  }

  /** Where each row's nearest code lies, live: room for this many. */
  int[] nearest(int rows) {
    if (nearest.length < rows) {
      nearest = java.util.Arrays.copyOf(nearest, rows);
      squared = java.util.Arrays.copyOf(squared, rows);
      place = new int[rows];
    }
    return nearest;
  }

  /** Each row's squared distance to it, as of the last {@link #cover}. */
  double[] squared() {
    return squared;
  }

  /** The pairs of a tile, as of the last {@link #cover}. */
  PairList pairs(int tile) {
    return pairs.get(tile);
  }

  /** Leaves the nearest code (K × d_v) of each encoding from the first that is not known. */
  void find(Matrix e, Matrix codebook, int known) {
    if (known < e.rows()) {
      use(codebook);
      nearest(e.rows());
      this.encodings = e;
      this.known = known;
      workers.run(findInLane);
    }
  }

  private void findInLane(int lane) {
    Matrix e = encodings;
    ChartCover cover = covers.get(lane);
    for (int t = lane; t < Network.tiles(e.rows()); t += Workers.LANES) {
      int from = t * Network.TILE;
      for (int i = Math.max(known, from); i < Math.min(e.rows(), from + Network.TILE); i++) {
        cover.findNearest(e, i);
        nearest[i] = cover.nearest();
      }
    }
  }

  /** Leaves each encoding's nearest code and its distance, and each tile's pairs. */
  void cover(Matrix e) {
    int rows = e.rows();
    nearest(rows);
    while (pairs.size() < Network.tiles(rows)) {
      pairs.add(new PairList());
      sortedPairs.add(new PairList());
      views.add(new TileView());
    }
    encodings = e;
    if (!prefersTogether(rows)) {
      workers.run(coverInLane);
      return;
    }
    order.reserve(rows);
    workers.run(groupInLane);
    order.sort(rows);
    workers.run(coverSortedInLane);
    workers.run(listInLane);
  }

  private void coverInLane(int lane) {
    Matrix e = encodings;
    ChartCover cover = covers.get(lane);
    for (int t = lane; t < Network.tiles(e.rows()); t += Workers.LANES) {
      Matrix rows = views.get(t).of(e, t);
      pairs.get(t).clear();
      cover.coverRows(rows, pairs.get(t));
      for (int i = 0; i < rows.rows(); i++) {
        nearest[t * Network.TILE + i] = cover.nearest(i);
        squared[t * Network.TILE + i] = cover.nearestSquaredDistance(i);
      }
    }
  }

  private void groupInLane(int part) {
    int rows = encodings.rows();
    order.find(encodings, Workers.partFrom(rows, part), Workers.partFrom(rows, part + 1));
  }

  /** Covers tiles of the order. */
  private void coverSortedInLane(int lane) {
    Matrix e = encodings;
    ChartCover cover = covers.get(lane);
    for (int t = lane; t < Network.tiles(e.rows()); t += Workers.LANES) {
      int from = t * Network.TILE;
      int to = Math.min(e.rows(), from + Network.TILE);
      sortedPairs.get(t).clear();
      cover.coverSorted(e, order, from, to, sortedPairs.get(t));
      for (int i = from; i < to; i++) {
        int row = order.row(i);
        place[row] = i;
        nearest[row] = cover.nearest(i - from);
        squared[row] = cover.nearestSquaredDistance(i - from);
      }
    }
  }

  /** Lists the tiles' pairs, row after row. */
  private void listInLane(int lane) {
    int rows = encodings.rows();
    for (int t = lane; t < Network.tiles(rows); t += Workers.LANES) {
      PairList list = pairs.get(t);
      list.clear();
      for (int i = t * Network.TILE; i < Math.min(rows, (t + 1) * Network.TILE); i++) {
        list.addRow(sortedPairs.get(place[i] / Network.TILE), place[i] % Network.TILE);
      }
    }
  }
}
