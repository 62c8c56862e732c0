package io.chartflow.model.engine;

import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import io.chartflow.model.linalg.SplineKernels;
import io.chartflow.model.linalg.WeightKernels;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Kernels that share large products among workers, for a batch of so few rows that they are one
 * tile: lanes of tiles would leave all workers but one without work. A product is cut along the
 * rows of its result, each of which is summed as before, so the bits are the same.
 *
 * <p>Called by the thread that the workers take part with, and not by a lane.
 */
final class SharedKernels implements Kernels {

  /** Multiply-adds of a product from which on it is shared: some ten microseconds of one thread. */
  private static final long MANY = 1 << 20;

  /** What {@code exp} or {@code tanh} of a number takes, in multiply-adds. */
  private static final long EACH = 32;

  /** Rows that kernels take together: a part is a multiple of them. */
  private static final int ROWS = 8;

  private static final Matrix NONE = Matrix.zeros(0, 0);

  private final Kernels kernels;
  private final Workers workers;
  private final long many;
  private final int[][] charts = new int[Workers.LANES][0];
  private final PartViews[] views = new PartViews[Workers.LANES];
  private final IntConsumer lanes = this::lane;

  // The product under way; who shares it makes no objects.
  private Part part = (s, lane, from, n) -> {};
  private Matrix a = NONE;
  private Matrix b = NONE;
  private Packed packed = new Packed(NONE);
  private Matrix side = NONE;
  private int[] row = new int[0];
  private Matrix c = NONE;

  SharedKernels(Kernels kernels, Workers workers) {
    this(kernels, workers, MANY);
  }

  /** Products from {@code many} multiply-adds on are shared. */
  SharedKernels(Kernels kernels, Workers workers, long many) {
    this.kernels = kernels;
    this.workers = workers;
    this.many = many;
    for (int lane = 0; lane < Workers.LANES; lane++) {
      views[lane] = new PartViews();
    }
  }

  /** Does some rows of the result, {@code count} from {@code from} on; holds nothing itself. */
  private interface Part {
    void run(SharedKernels product, int lane, int from, int count);
  }

  /** Does the rows of c with {@code each} multiply-adds a row, in parts if they are many. */
  private void share(int rows, long each, Part part) {
    if (rows != c.rows()) {
      throw new IllegalArgumentException(
          "expected a result of %d rows, got %d".formatted(rows, c.rows()));
    }
    if (!shares(rows * each)) {
      part.run(this, 0, 0, rows);
      return;
    }
    this.part = part;
    workers.run(lanes);
  }

  /** As many parts as workers: each reads the whole right factor, the fewer the better. */
  private void lane(int lane) {
    int parts = workers.count();
    int groups = (c.rows() + ROWS - 1) / ROWS;
    int from = ROWS * (groups * Math.min(lane, parts) / parts);
    int to = Math.min(c.rows(), ROWS * (groups * Math.min(lane + 1, parts) / parts));
    if (from < to) {
      part.run(this, lane, from, to - from);
    }
  }

  private Matrix rows(int lane, Matrix m, int from, int count) {
    return views[lane].rows(m, from, count);
  }

  private static long size(Matrix a, Matrix c) {
    return (long) a.cols() * c.cols();
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public Optional<BlockKernels> blocks() {
    return kernels.blocks();
  }

  @Override
  public boolean shares(long multiplyAdds) {
    return multiplyAdds >= many;
  }

  @Override
  public void pack(Packed b) {
    kernels.pack(b);
  }

  @Override
  public void pack(Packed b, Packed transposed) {
    kernels.pack(b, transposed);
  }

  @Override
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    this.a = a;
    this.b = b;
    this.c = c;
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.multiplyAdd(s.rows(lane, s.a, from, n), s.b, s.rows(lane, s.c, from, n)));
  }

  @Override
  public void multiplyRelu(Matrix a, Matrix b, Matrix c) {
    this.a = a;
    this.b = b;
    this.c = c;
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.multiplyRelu(s.rows(lane, s.a, from, n), s.b, s.rows(lane, s.c, from, n)));
  }

  @Override
  public void multiplyAdd(Matrix a, Packed b, Matrix c) {
    set(a, b, NONE, c);
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.multiplyAdd(
                s.rows(lane, s.a, from, n), s.packed, s.rows(lane, s.c, from, n)));
  }

  @Override
  public void affine(Matrix a, Packed b, Matrix bias, Matrix c) {
    set(a, b, bias, c);
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.affine(
                s.rows(lane, s.a, from, n), s.packed, s.side, s.rows(lane, s.c, from, n)));
  }

  @Override
  public void reluAffine(Matrix h, Packed b, Matrix bias, Matrix c) {
    set(h, b, bias, c);
    share(
        h.rows(),
        size(h, c),
        (s, lane, from, n) ->
            s.kernels.reluAffine(
                s.rows(lane, s.a, from, n), s.packed, s.side, s.rows(lane, s.c, from, n)));
  }

  @Override
  public void reluFromTable(Matrix a, Packed b, Matrix table, int[] row, Matrix c) {
    set(a, b, table, c);
    this.row = row;
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.reluFromTable(
                s.rows(lane, s.a, from, n),
                s.packed,
                s.side,
                s.rowsOf(lane, from, n),
                s.rows(lane, s.c, from, n)));
  }

  private int[] rowsOf(int lane, int from, int count) {
    if (charts[lane].length < count) {
      charts[lane] = new int[count];
    }
    System.arraycopy(row, from, charts[lane], 0, count);
    return charts[lane];
  }

  @Override
  public void multiplyMasked(Matrix a, Packed b, Matrix activation, Matrix c) {
    set(a, b, activation, c);
    share(
        a.rows(),
        size(a, c),
        (s, lane, from, n) ->
            s.kernels.multiplyMasked(
                s.rows(lane, s.a, from, n),
                s.packed,
                s.rows(lane, s.side, from, n),
                s.rows(lane, s.c, from, n)));
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    this.a = a;
    this.b = b;
    this.c = c;
    share(
        a.cols(),
        (long) a.rows() * c.cols(),
        (s, lane, from, n) ->
            s.kernels.multiplyTransposedAdd(
                s.views[lane].columns(s.a, from, n), s.b, s.rows(lane, s.c, from, n)));
  }

  /** Shares a pass over many numbers. */
  private void shareRows(Matrix m, Part part) {
    this.c = m;
    share(m.rows(), m.cols() * EACH, part);
  }

  private void set(Matrix a, Packed b, Matrix side, Matrix c) {
    this.a = a;
    this.packed = b;
    this.side = side;
    this.c = c;
  }

  @Override
  public void reluInPlace(Matrix m) {
    kernels.reluInPlace(m);
  }

  @Override
  public void maskInPlace(Matrix gradient, Matrix activation) {
    kernels.maskInPlace(gradient, activation);
  }

  @Override
  public void expInPlace(Matrix m) {
    shareRows(m, (s, lane, from, n) -> s.kernels.expInPlace(s.rows(lane, s.c, from, n)));
  }

  @Override
  public void tanhInPlace(Matrix m) {
    shareRows(m, (s, lane, from, n) -> s.kernels.tanhInPlace(s.rows(lane, s.c, from, n)));
  }

  @Override
  public void logInPlace(Matrix m) {
    kernels.logInPlace(m);
  }

  @Override
  public void softplusInPlace(Matrix m) {
    kernels.softplusInPlace(m);
  }

  @Override
  public void logisticInPlace(Matrix m) {
    kernels.logisticInPlace(m);
  }

  @Override
  public WeightKernels weights() {
    return kernels.weights();
  }

  @Override
  public SplineKernels splines() {
    return kernels.splines();
  }

  @Override
  public void addColumnSums(Matrix m, Matrix sums) {
    kernels.addColumnSums(m, sums);
  }

  @Override
  public void addRows(Matrix from, int[] to, Matrix table) {
    kernels.addRows(from, to, table);
  }

  @Override
  public void squaredDistances(float[] point, int at, Matrix columns, float[] squared) {
    kernels.squaredDistances(point, at, columns, squared);
  }

  @Override
  public int nextBelow(float[] values, int from, int n, float bound) {
    return kernels.nextBelow(values, from, n, bound);
  }

  @Override
  public void copyRows(Matrix table, int[] row, Matrix c) {
    kernels.copyRows(table, row, c);
  }

  @Override
  public void transpose(Matrix a, Matrix b) {
    kernels.transpose(a, b);
  }
}
