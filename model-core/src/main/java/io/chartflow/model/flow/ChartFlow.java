package io.chartflow.model.flow;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;

/**
 * The family {@code f_k = f^L ∘ … ∘ f^1}: one stack of layers for all charts, each conditioned on
 * {@code v_k}. A chart affine first, then couplings with permutations between them. Structure only.
 */
public final class ChartFlow {

  private final int dimension;
  private final ParameterLayout layout = new ParameterLayout();
  private final List<FlowLayer> layers = new ArrayList<>();

  /** The flow of this configuration for events of {@code dimension} features. */
  public ChartFlow(FlowConfig config, int dimension, int codeDimension) {
    this.dimension = dimension;
    double bound = config.maxLogScale();
    layers.add(new ChartAffine(layout, dimension, codeDimension, bound));
    int half = Math.max(1, dimension / 2);
    SplitMix orders = SplitMix.forStream(dimension, 7);
    for (int l = 0; l < config.couplings(); l++) {
      if (dimension > 1 && l > 0) {
        // Few features: a rotation visits them all in turn. Many: new partners every other layer.
        layers.add(
            dimension > 3 && l % 2 == 0
                ? Permutation.shuffle(dimension, orders)
                : Permutation.rotation(dimension, half));
      }
      int kept = l % 2 == 0 ? dimension - half : half;
      layers.add(
          new AffineCoupling(
              layout, dimension, dimension == 1 ? 0 : kept, codeDimension, config.width(), bound));
    }
  }

  /** Number of features. */
  public int dimension() {
    return dimension;
  }

  /** Where the weights lie. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The layers, from data to base. */
  public List<FlowLayer> layers() {
    return List.copyOf(layers);
  }

  /** Starting weights. */
  public float[] initialWeights(SplitMix random) {
    float[] theta = new float[layout.size()];
    for (FlowLayer layer : layers) {
      layer.initialise(theta, random);
    }
    return theta;
  }

  /** Empty tables, one per layer, for {@code charts} charts. */
  public List<Matrix> newTables(int charts) {
    List<Matrix> tables = new ArrayList<>();
    for (FlowLayer layer : layers) {
      tables.add(Matrix.zeros(charts, layer.tableColumns()));
    }
    return tables;
  }

  /** Works out every table. */
  public void fillTables(Kernels kernels, float[] theta, ChartSet charts, List<Matrix> tables) {
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).fillTable(kernels, theta, charts, tables.get(l));
    }
  }

  /** Adds to {@code gradient} what the tables' gradients say about the weights. */
  public void tablesBackward(
      Kernels kernels,
      Weights weights,
      ChartSet charts,
      List<Matrix> tableGradients,
      float[] gradient) {
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).tableBackward(kernels, weights, charts, tableGradients.get(l), gradient);
    }
  }

  /** A run with memory of its own for one thread. */
  public FlowRun run() {
    return new FlowRun(layers.stream().map(FlowLayer::run).toList());
  }

  /** The whole stack at work. */
  public static final class FlowRun {

    private final List<FlowLayer.Run> runs;

    private FlowRun(List<FlowLayer.Run> runs) {
      this.runs = runs;
    }

    /** {@code x → z = f_k(x)} in place; {@code logDet} is set to {@code log|det J_{f_k}|}. */
    public void forward(FlowInputs in, Matrix rows, double[] logDet) {
      java.util.Arrays.fill(logDet, 0, rows.rows(), 0.0);
      for (int l = 0; l < runs.size(); l++) {
        runs.get(l).forward(in.pass(l), rows, logDet);
      }
    }

    /** {@code z → x = g_k(z)} in place. */
    public void inverse(FlowInputs in, Matrix rows) {
      for (int l = runs.size() - 1; l >= 0; l--) {
        runs.get(l).inverse(in.pass(l), rows);
      }
    }

    /** The gradient by {@code z}, in place, to that by {@code x}; adds weights' and tables'. */
    public void backward(
        FlowInputs in, Matrix dRows, float[] dLogDet, float[] theta, List<Matrix> tables) {
      for (int l = runs.size() - 1; l >= 0; l--) {
        runs.get(l).backward(in.pass(l), dRows, dLogDet, new LayerGradient(theta, tables.get(l)));
      }
    }
  }

  /**
   * What a run reads.
   *
   * @param kernels matrix products
   * @param weights of the whole flow
   * @param tables one per layer, filled
   * @param chart chart of each row
   */
  @SuppressWarnings("ArrayRecordComponent") // views of working memory, compared by nobody
  public record FlowInputs(Kernels kernels, Weights weights, List<Matrix> tables, int[] chart) {

    private FlowPass pass(int layer) {
      return new FlowPass(kernels, weights, tables.get(layer), chart);
    }
  }
}
