package io.chartflow.bench.engine;

import io.chartflow.bench.experiment.Json;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * GFLOP/s of our kernels, on one thread, at the three products that learning needs: X (m×k), W
 * (k×n), dY (m×n) give {@code X·W}, {@code dY·Wᵀ}, {@code Xᵀ·dY}, each added to its result. The
 * second lays out the transpose of W anew each time, as a step of learning does. Arguments: sizes
 * as {@code 1024x256x256}; prints one line of JSON.
 */
final class KernelTrial {

  private static final double SECONDS = 0.5;
  private static final int STRETCHES = 5;
  private static final Kernels KERNELS = Kernels.best();

  private KernelTrial() {}

  /** Times the sizes. */
  public static void main(String[] sizes) {
    List<Pace> found = new ArrayList<>();
    for (String size : sizes) {
      int[] mkn = sizes(size);
      Random random = new Random(1);
      Matrix x = random(mkn[0], mkn[1], random);
      Matrix w = random(mkn[1], mkn[2], random);
      Packed wT = Packed.transposed(w, Matrix.zeros(mkn[2], mkn[1]));
      Matrix y = random(mkn[0], mkn[2], random);
      Matrix dx = random(mkn[0], mkn[1], random);
      Matrix dw = random(mkn[1], mkn[2], random);
      double flops = 2.0 * mkn[0] * mkn[1] * mkn[2];
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("x_w", rate(flops, () -> KERNELS.multiplyAdd(x, w, y)));
      y.fill(0.5f);
      row.put(
          "dy_wt",
          rate(
              flops,
              () -> {
                KERNELS.pack(wT);
                KERNELS.multiplyAdd(y, wT, dx);
              }));
      row.put("xt_dy", rate(flops, () -> KERNELS.multiplyTransposedAdd(x, y, dw)));
      found.add(new Pace(size, mkn[0], row));
    }
    System.out.println(Json.write(found).replace('\n', ' '));
  }

  /** m, k and n. */
  static int[] sizes(String text) {
    return Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
  }

  static Matrix random(int rows, int cols, Random random) {
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  /** GFLOP/s: the median of some stretches, after a warm-up. */
  private static double rate(double flops, Runnable product) {
    WarmUp.run(SECONDS, i -> product.run());
    int calls = 1;
    for (long began = System.nanoTime(); System.nanoTime() - began < SECONDS * 1e9; calls++) {
      product.run();
    }
    double[] rates = new double[STRETCHES];
    int some = Math.max(1, calls / STRETCHES);
    for (int s = 0; s < STRETCHES; s++) {
      long began = System.nanoTime();
      for (int i = 0; i < some; i++) {
        product.run();
      }
      rates[s] = some * flops / (System.nanoTime() - began);
    }
    Arrays.sort(rates);
    return rates[STRETCHES / 2];
  }
}
