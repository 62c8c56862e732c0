package io.chartflow.bench.engine;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels that learning spends its time in, per call: the three matrix products of X (m×k), W
 * (k×n), dY (m×n), and passes over the rows of dY. A product does {@code 2·m·k·n} operations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

  /** m × k × n. */
  @Param({"512x64x64", "1024x32x64", "1024x64x64", "1024x256x256", "2048x512x512"})
  public String size = "1024x64x64";

  private final Kernels kernels = Kernels.best();
  private Matrix x = Matrix.zeros(1, 1);
  private Matrix w = x;
  private Matrix wT = x;
  private Matrix dy = x;
  private Matrix dx = x;
  private Matrix dw = x;
  private Matrix sums = x;
  private Matrix changed = x;

  /** Fills the matrices. */
  @Setup(Level.Iteration)
  public void fill() {
    int[] mkn = KernelTrial.sizes(size);
    Random random = new Random(1);
    x = KernelTrial.random(mkn[0], mkn[1], random);
    w = KernelTrial.random(mkn[1], mkn[2], random);
    wT = KernelTrial.random(mkn[2], mkn[1], random);
    dy = KernelTrial.random(mkn[0], mkn[2], random);
    dx = Matrix.zeros(mkn[0], mkn[1]);
    dw = Matrix.zeros(mkn[1], mkn[2]);
    sums = Matrix.zeros(1, mkn[2]);
    changed = Matrix.zeros(mkn[0], mkn[1]);
  }

  /** {@code dY += X·W}. */
  @Benchmark
  public Matrix forward() {
    kernels.multiplyAdd(x, w, dy);
    return dy;
  }

  /** {@code dX += dY·Wᵀ}, W transposed before. */
  @Benchmark
  public Matrix inputGradient() {
    kernels.multiplyAdd(dy, wT, dx);
    return dx;
  }

  /** {@code dW += Xᵀ·dY}. */
  @Benchmark
  public Matrix weightGradient() {
    kernels.multiplyTransposedAdd(x, dy, dw);
    return dw;
  }

  /** {@code max(·, 0)}. */
  @Benchmark
  public Matrix relu() {
    kernels.reluInPlace(dy);
    return dy;
  }

  /** {@code exp(·)} of a copy of X, as the three that follow. */
  @Benchmark
  public Matrix exp() {
    kernels.expInPlace(fresh());
    return changed;
  }

  /** {@code tanh(·)}. */
  @Benchmark
  public Matrix tanh() {
    kernels.tanhInPlace(fresh());
    return changed;
  }

  /** {@code log(·)}, of which half are of negative numbers. */
  @Benchmark
  public Matrix log() {
    kernels.logInPlace(fresh());
    return changed;
  }

  /** {@code log(1 + exp(·))}. */
  @Benchmark
  public Matrix softplus() {
    kernels.softplusInPlace(fresh());
    return changed;
  }

  /** A copy of X, which every call has to make anew. */
  @Benchmark
  public Matrix fresh() {
    System.arraycopy(x.data(), 0, changed.data(), 0, x.data().length);
    return changed;
  }

  /** Sums of columns: the gradient of a bias. */
  @Benchmark
  public Matrix columnSums() {
    kernels.addColumnSums(dy, sums);
    return sums;
  }
}
