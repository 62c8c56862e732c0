package io.chartflow.bench.engine;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.flow.ChartFlow.FlowRun;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.flow.FlowLayer;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** One layer of a flow on 256 (event, chart) pairs of 64 charts, forward and back, per call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {

  private static final int PAIRS = 256;
  private static final int CHARTS = 64;
  private static final int CODE = 8;

  /** As a configuration names it. */
  @Param({"chart-affine", "coupling", "spline-coupling", "maf", "iaf", "lu", "rotation"})
  public String layer = "coupling";

  /** Dimension and width. */
  @Param({"3x64", "16x128", "64x256"})
  public String size = "3x64";

  private final Kernels kernels = Kernels.best();
  private final double[] logDet = new double[PAIRS];
  private final float[] dLogDet = new float[PAIRS];
  private Matrix x = Matrix.zeros(1, 1);
  private Matrix rows = x;
  private List<FlowLayer.LayerGradient> gradients = List.of();
  private @Nullable FlowRun run;
  private @Nullable FlowInputs inputs;

  /** Makes the layer with weights not far from where they begin. */
  @Setup(Level.Trial)
  public void make() {
    int dimension = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int width = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    FlowConfig defaults = AtlasConfig.defaults(dimension).flow();
    FlowConfig config =
        new FlowConfig(layer, width, defaults.maxLogScale(), defaults.bins(), defaults.base());
    ChartFlow flow = new ChartFlow(config, dimension, CODE, CHARTS);
    SplitMix seeded = SplitMix.forStream(1, 1);
    float[] theta = flow.initialWeights(seeded);
    for (int i = 0; i < theta.length; i++) {
      theta[i] += (float) (0.02 * seeded.nextGaussian());
    }
    Weights weights = new Weights(flow.layout(), theta);
    weights.refresh(kernels);
    Random random = new Random(1);
    Matrix variances = Matrix.zeros(CHARTS, dimension);
    variances.fill(1);
    ChartSet charts =
        new ChartSet(
            KernelTrial.random(CHARTS, CODE, random),
            KernelTrial.random(CHARTS, dimension, random),
            variances);
    List<Matrix> tables = flow.newTables(CHARTS);
    flow.fillTables(kernels, weights, charts, tables);
    gradients = flow.newGradients(CHARTS);
    x = KernelTrial.random(PAIRS, dimension, random);
    rows = Matrix.zeros(PAIRS, dimension);
    run = flow.run();
    inputs = new FlowInputs(kernels, weights, tables, random.ints(PAIRS, 0, CHARTS).toArray());
  }

  /** Values and log-determinants. */
  @Benchmark
  public Matrix forward() {
    System.arraycopy(x.data(), 0, rows.data(), 0, x.data().length);
    java.util.Arrays.fill(logDet, 0);
    made(run).forward(made(inputs), rows, logDet);
    return rows;
  }

  /** The same, then the gradients of weights, tables and rows. */
  @Benchmark
  public Matrix forwardAndBack() {
    forward();
    made(run).backward(made(inputs), rows, dLogDet, gradients);
    return rows;
  }

  /** From base to data: what a sample takes. */
  @Benchmark
  public Matrix inverse() {
    System.arraycopy(x.data(), 0, rows.data(), 0, x.data().length);
    made(run).inverse(made(inputs), rows);
    return rows;
  }

  private static <T> T made(@Nullable T part) {
    return Objects.requireNonNull(part, "JMH calls make() first");
  }
}
