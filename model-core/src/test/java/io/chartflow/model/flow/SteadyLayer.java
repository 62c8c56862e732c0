package io.chartflow.model.flow;

import com.sun.management.ThreadMXBean;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.flow.ChartFlow.FlowRun;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The process of {@link SteadyStateTest}: sends rows through a layer until a round makes few enough
 * objects, by when the machine's code is compiled. Prints the bytes of the best round.
 */
final class SteadyLayer {

  private static final int CHARTS = 4;
  private static final int[] ROWS = {256, 100, 17};
  private static final int ROUNDS = 30;
  private static final int TRIES = 300;

  private SteadyLayer() {}

  /** A layer, features and width. */
  public static void main(String[] words) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Work work = new Work(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > 0; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS; round++) {
        work.round();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
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
    private final Matrix codes;
    private final Matrix data;
    private final Rows rows;

    Work(String layer, int features, int width) {
      SplitMix random = new SplitMix(7);
      Kernels kernels = Kernels.best();
      boolean embeds = layer.equals("embedding");
      FlowConfig config = FlowConfig.realNvp(1, width, 2.0);
      ChartFlow flow =
          new ChartFlow(
              config.withLayers(embeds ? "permutation" : layer),
              features,
              embeds ? 3 : features,
              3,
              CHARTS);
      Weights weights = new Weights(flow.layout(), flow.initialWeights(random));
      SomeCharts.disturb(weights.values(), random);
      weights.refresh(kernels);
      List<Matrix> tables = flow.newTables(CHARTS);
      ChartSet charts = SomeCharts.of(CHARTS, features, 3, random);
      flow.fillTables(kernels, weights, charts, tables);
      this.codes = charts.codes();
      this.rows = new Rows(features);
      this.gradients = flow.newGradients(CHARTS);
      this.run = flow.run();
      int[] chart = SomeCharts.charts(ROWS[0], CHARTS, random);
      this.inputs = new FlowInputs(kernels, weights, tables, chart);
      this.data = SomeCharts.gaussian(ROWS[0], features, random);
    }

    void round() {
      for (int count : ROWS) {
        Matrix some = rows.top(count);
        fill(some);
        run.inverse(inputs, some);
        fill(some);
        run.forward(inputs, some, logDet);
        fill(some);
        run.backward(inputs, some, dLogDet, gradients);
        fill(some);
        run.score(inputs, codes, rows, count, logDet);
      }
    }

    private void fill(Matrix some) {
      System.arraycopy(data.data(), 0, some.data(), 0, some.rows() * some.cols());
    }
  }
}
