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

  /** Rows that kernels take together: a part is a multiple of them. */
  private static final int ROWS = 8;

  private final Kernels kernels;
  private final Workers workers;
  private final long many;
  private final int[][] charts = new int[Workers.LANES][0];

  SharedKernels(Kernels kernels, Workers workers) {
    this(kernels, workers, MANY);
  }

  /** Products from {@code many} multiply-adds on are shared. */
  SharedKernels(Kernels kernels, Workers workers, long many) {
    this.kernels = kernels;
    this.workers = workers;
    this.many = many;
  }

  /** Does some rows of a result, {@code count} from {@code from} on. */
  private interface Part {
    void run(int lane, int from, int count);
  }

  /** Does the rows of c with {@code each} multiply-adds a row, in parts if they are many. */
  private void share(int rows, Matrix c, long each, Part part) {
    if (rows != c.rows()) {
      throw new IllegalArgumentException(
          "expected a result of %d rows, got %d".formatted(rows, c.rows()));
    }
    if (rows * each < many) {
      part.run(0, 0, rows);
      return;
    }
    int groups = (rows + ROWS - 1) / ROWS;
    IntConsumer lanes =
        lane -> {
          int from = ROWS * Workers.partFrom(groups, lane);
          int to = Math.min(rows, ROWS * Workers.partFrom(groups, lane + 1));
          if (from < to) {
            part.run(lane, from, to - from);
          }
        };
    workers.run(lanes);
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
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    share(
        a.rows(),
        c,
        size(a, c),
        (lane, from, n) -> kernels.multiplyAdd(a.rows(from, n), b, c.rows(from, n)));
  }

  @Override
  public void pack(Packed b) {
    kernels.pack(b);
  }

  @Override
  public void multiplyAdd(Matrix a, Packed b, Matrix c) {
    share(
        a.rows(),
        c,
        size(a, c),
        (lane, from, n) -> kernels.multiplyAdd(a.rows(from, n), b, c.rows(from, n)));
  }

  @Override
  public void affine(Matrix a, Packed b, Matrix bias, Matrix c) {
    share(
        a.rows(),
        c,
        size(a, c),
        (lane, from, n) -> kernels.affine(a.rows(from, n), b, bias, c.rows(from, n)));
  }

  @Override
  public void reluAffine(Matrix h, Packed b, Matrix bias, Matrix c) {
    share(
        h.rows(),
        c,
        size(h, c),
        (lane, from, n) -> kernels.reluAffine(h.rows(from, n), b, bias, c.rows(from, n)));
  }

  @Override
  public void reluFromTable(Matrix a, Packed b, Matrix table, int[] row, Matrix c) {
    share(
        a.rows(),
        c,
        size(a, c),
        (lane, from, n) ->
            kernels.reluFromTable(
                a.rows(from, n), b, table, part(row, lane, from, n), c.rows(from, n)));
  }

  private int[] part(int[] row, int lane, int from, int count) {
    if (charts[lane].length < count) {
      charts[lane] = new int[count];
    }
    System.arraycopy(row, from, charts[lane], 0, count);
    return charts[lane];
  }

  @Override
  public void multiplyMasked(Matrix a, Packed b, Matrix activation, Matrix c) {
    share(
        a.rows(),
        c,
        size(a, c),
        (lane, from, n) ->
            kernels.multiplyMasked(a.rows(from, n), b, activation.rows(from, n), c.rows(from, n)));
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    share(
        a.cols(),
        c,
        (long) a.rows() * c.cols(),
        (lane, from, n) -> kernels.multiplyTransposedAdd(a.columns(from, n), b, c.rows(from, n)));
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
    kernels.expInPlace(m);
  }

  @Override
  public void tanhInPlace(Matrix m) {
    kernels.tanhInPlace(m);
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
