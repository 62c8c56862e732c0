package io.chartflow.model.flow;

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

/**
 * The process of {@link SteadyStateTest}: sends rows through a layer until a round makes few enough
 * objects, by when the machine's code is compiled. Prints the bytes of the best round.
 */
final class SteadyLayer {

  private static final int FEATURES = 5;
  private static final int CHARTS = 4;
  private static final int[] ROWS = {256, 100, 17};
  private static final int ROUNDS = 30;
  private static final int TRIES = 300;

  private SteadyLayer() {}

  /** A layer, and bytes of a round that are few enough. */
  public static void main(String[] words) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Work work = new Work(words[0]);
    long few = Long.parseLong(words[1]);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > few; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS; round++) {
        work.round();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
    }
    System.out.println(least);
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
              3,
              CHARTS);
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
