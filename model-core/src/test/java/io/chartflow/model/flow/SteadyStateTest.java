package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.flow.ChartFlow.FlowRun;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers at work make no garbage, once they have seen their numbers of rows and the compiler has
 * seen them: until it has, vectors are objects.
 */
class SteadyStateTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int FEATURES = 5;
  private static final int CHARTS = 4;
  private static final int[] ROWS = {256, 100, 17};

  /** Of 373 rows forward, inverse and back. */
  private static final long BYTES = 373;

  private static final int ROUNDS = 30;
  private static final int TRIES = 3000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chart-affine",
        "coupling",
        "spline-coupling",
        "maf",
        "iaf",
        "permutation",
        "rotation",
        "lu",
        "embedding"
      })
  void aLayerAllocatesLessThanAByteARow(String layer) {
    Work work = new Work(layer);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > BYTES; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS; round++) {
        work.round();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
    }
    assertThat(least).as("bytes for 373 rows").isLessThanOrEqualTo(BYTES);
  }

  /** A flow of one layer, and rows. */
  private static final class Work {

    private final double[] logDet = new double[ROWS[0]];
    private final float[] dLogDet = new float[ROWS[0]];
    private final FlowRun run;
    private final FlowInputs inputs;
    private final List<LayerGradient> gradients;
    private final Matrix data;
    private final Matrix[] rows = new Matrix[ROWS.length];

    Work(String layer) {
      SplitMix random = new SplitMix(7);
      Kernels kernels = Kernels.best();
      boolean embeds = layer.equals("embedding");
      FlowConfig config = FlowConfig.realNvp(1, 32, 2.0);
      ChartFlow flow =
          new ChartFlow(
              config.withLayers(embeds ? "permutation" : layer),
              FEATURES,
              embeds ? 3 : FEATURES,
              3);
      Weights weights = new Weights(flow.layout(), flow.initialWeights(random));
      SomeCharts.disturb(weights.values(), random);
      weights.refresh(kernels);
      List<Matrix> tables = flow.newTables(CHARTS);
      flow.fillTables(kernels, weights, SomeCharts.of(CHARTS, FEATURES, 3, random), tables);
      this.gradients = flow.newGradients(CHARTS);
      this.run = flow.run();
      int[] chart = SomeCharts.charts(ROWS[0], CHARTS, random);
      this.inputs = new FlowInputs(kernels, weights, tables, chart);
      this.data = SomeCharts.gaussian(ROWS[0], FEATURES, random);
      for (int i = 0; i < ROWS.length; i++) {
        rows[i] = Matrix.zeros(ROWS[i], FEATURES);
      }
    }

    void round() {
      for (Matrix some : rows) {
        fill(some);
        run.inverse(inputs, some);
        fill(some);
        run.forward(inputs, some, logDet);
        fill(some);
        run.backward(inputs, some, dLogDet, gradients);
      }
    }

    private void fill(Matrix some) {
      System.arraycopy(data.data(), 0, some.data(), 0, some.data().length);
    }
  }
}
