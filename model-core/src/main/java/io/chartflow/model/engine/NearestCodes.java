package io.chartflow.model.engine;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.vq.ChartCover;
import io.chartflow.model.vq.CodeIndex;
import io.chartflow.model.vq.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Which codes the encodings of a batch are near: each row's nearest, each tile's pairs. */
final class NearestCodes {

  private final Workers workers;
  private final CodeIndex codes;
  private final List<ChartCover> covers = new ArrayList<>();
  private final List<PairList> pairs = new ArrayList<>();
  private final List<TileView> views = new ArrayList<>();
  private int[] nearest = new int[0];
  private double[] squared = new double[0];
  private Matrix encodings = Matrix.zeros(0, 0);
  private int known;
  private final IntConsumer findInLane = this::findInLane;
  private final IntConsumer coverInLane = this::coverInLane;

  NearestCodes(Network network, Kernels kernels, Workers workers) {
    this.workers = workers;
    int dv = network.config().quantizer().codeDimension();
    this.codes = new CodeIndex(network.charts(), dv, kernels);
    for (int lane = 0; lane < Workers.LANES; lane++) {
      covers.add(new ChartCover(network.config().charts(), kernels));
      covers.get(lane).use(codes);
    }
  }

  /** Where each row's nearest code lies, live: room for this many. */
  int[] nearest(int rows) {
    if (nearest.length < rows) {
      nearest = java.util.Arrays.copyOf(nearest, rows);
      squared = java.util.Arrays.copyOf(squared, rows);
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
      codes.use(codebook);
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

  /** Leaves each encoding's nearest code (K × d_v) and its distance, and each tile's pairs. */
  void cover(Matrix e, Matrix codebook) {
    codes.use(codebook);
    nearest(e.rows());
    while (pairs.size() < Network.tiles(e.rows())) {
      pairs.add(new PairList());
      views.add(new TileView());
    }
    encodings = e;
    workers.run(coverInLane);
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
}
