package io.chartflow.peers;

import java.util.Locale;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * GFLOP/s of OpenBLAS at the three products that learning needs, X (m×k), W (k×n), dY (m×n):
 * {@code X·W}, {@code dY·Wᵀ}, {@code Xᵀ·dY}, each added to its result. Arguments: sizes as
 * {@code 1024x256x256}. One line of JSON.
 */
public final class OpenBlasProducts {

  private static final double SECONDS = 0.5;
  private static final int STRETCHES = 5;

  public static void main(String[] args) {
    openblas.blas_set_num_threads(1);
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < args.length; i++) {
      String[] size = args[i].split("x");
      int m = Integer.parseInt(size[0]);
      int k = Integer.parseInt(size[1]);
      int n = Integer.parseInt(size[2]);
      FloatPointer x = random((long) m * k);
      FloatPointer w = random((long) k * n);
      FloatPointer y = random((long) m * n);
      FloatPointer dx = random((long) m * k);
      FloatPointer dw = random((long) k * n);
      double flops = 2.0 * m * k * n;
      double forward = rate(flops, () -> gemm(false, false, m, n, k, x, k, w, n, y, n));
      double inputs = rate(flops, () -> gemm(false, true, m, k, n, y, n, w, n, dx, k));
      double weights = rate(flops, () -> gemm(true, false, k, n, m, x, k, y, n, dw, n));
      json.append(
          String.format(
              Locale.ROOT,
              "%s{\"work\": \"%s\", \"batch\": %d, \"values\": "
                  + "{\"x_w\": %.1f, \"dy_wt\": %.1f, \"xt_dy\": %.1f}}",
              i == 0 ? "" : ", ",
              args[i],
              m,
              forward,
              inputs,
              weights));
    }
    System.out.println(json.append("]"));
  }

  private static void gemm(
      boolean ta,
      boolean tb,
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      FloatPointer c,
      int ldc) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        ta ? openblas.CblasTrans : openblas.CblasNoTrans,
        tb ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1f,
        a,
        lda,
        b,
        ldb,
        1f,
        c,
        ldc);
  }

  private static FloatPointer random(long size) {
    Random random = new Random(size);
    FloatPointer pointer = new FloatPointer(size);
    for (long i = 0; i < size; i++) {
      pointer.put(i, (float) random.nextGaussian());
    }
    return pointer;
  }

  /** GFLOP/s: the median of some stretches, after a warm-up. */
  private static double rate(double flops, Runnable product) {
    int calls = 1;
    for (long began = System.nanoTime(); System.nanoTime() - began < SECONDS * 1e9; calls++) {
      product.run();
    }
    double[] rates = new double[STRETCHES];
    for (int s = 0; s < STRETCHES; s++) {
      int some = Math.max(1, calls / STRETCHES);
      long began = System.nanoTime();
      for (int i = 0; i < some; i++) {
        product.run();
      }
      rates[s] = some * flops / (System.nanoTime() - began);
    }
    java.util.Arrays.sort(rates);
    return rates[STRETCHES / 2];
  }
}
