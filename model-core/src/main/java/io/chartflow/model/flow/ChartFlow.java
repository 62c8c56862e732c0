package io.chartflow.model.flow;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.FirstColumns;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The family {@code f_k = f^L ∘ … ∘ f^1}: one stack of layers for all charts, each conditioned on
 * {@code v_k}. Structure only.
 */
public final class ChartFlow {

  private final int dimension;
  private final int latentDimension;
  private final ParameterLayout layout = new ParameterLayout();
  private final List<FlowLayer> layers = new ArrayList<>();

  /** The flow of this configuration for events of {@code dimension} features. */
  public ChartFlow(FlowConfig config, int dimension, int codeDimension, int charts) {
    this(config, dimension, dimension, codeDimension, charts);
  }

  /**
   * As above, with latents of {@code latentDimension} features: where they are fewer, a {@link
   * ConformalEmbedding} comes first.
   *
   * @param charts that it is made for; it works for any number
   */
  public ChartFlow(
      FlowConfig config, int dimension, int latentDimension, int codeDimension, int charts) {
    this.dimension = dimension;
    this.latentDimension = latentDimension;
    if (latentDimension < dimension) {
      double bound = config.maxLogScale();
      layers.add(new ConformalEmbedding(layout, dimension, latentDimension, codeDimension, bound));
    }
    layers.addAll(new LayerStack(config, layout, latentDimension, codeDimension, charts).layers());
  }

  /** Number of features. */
  public int dimension() {
    return dimension;
  }

  /** Number of features of a latent. */
  public int latentDimension() {
    return latentDimension;
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

  /** Works out every table, of which there may be room for more charts than there are. */
  public void fillTables(Kernels kernels, Weights weights, ChartSet charts, List<Matrix> tables) {
    ChartSet behind = behindEmbedding(charts);
    for (int l = 0; l < layers.size(); l++) {
      Matrix table = tables.get(l).top(charts.count());
      layers.get(l).fillTable(kernels, weights, l == 0 ? charts : behind, table);
    }
  }

  /** Gradients of zero, one per layer, for {@code charts} charts; of the weights all have one. */
  public List<LayerGradient> newGradients(int charts) {
    Views theta = new Views(layout, new float[layout.size()]);
    return layers.stream()
        .map(layer -> Matrix.zeros(charts, layer.gradientColumns()))
        .map(table -> new LayerGradient(theta, table))
        .toList();
  }

  /**
   * Adds to the weights' gradients what those of the tables' rows of these charts say. Must follow
   * {@link #fillTables} of the same weights and charts on the same thread.
   */
  public void tablesBackward(
      Kernels kernels, Weights weights, ChartSet charts, List<LayerGradient> gradients) {
    ChartSet behind = behindEmbedding(charts);
    for (int l = 0; l < layers.size(); l++) {
      ChartSet seen = l == 0 ? charts : behind;
      LayerGradient gradient = gradients.get(l);
      Matrix table = gradient.table().top(charts.count());
      layers.get(l).tableBackward(kernels, weights, seen, table, gradient.theta());
    }
  }

  private ChartSet behindEmbedding(ChartSet charts) {
    return latentDimension < dimension ? charts.embedded(latentDimension) : charts;
  }

  /** A run with memory of its own for one thread. */
  public FlowRun run() {
    int[] widths = new int[layers.size()];
    int width = dimension;
    for (int l = 0; l < widths.length; l++) {
      widths[l] = width;
      width = layers.get(l).outputs(width);
    }
    return new FlowRun(layers.stream().map(FlowLayer::run).toList(), blockLayers(), widths);
  }

  /** All layers on blocks; none if one of them cannot run so. */
  private List<BlockLayer> blockLayers() {
    List<BlockLayer> blocks = layers.stream().flatMap(layer -> layer.blocks().stream()).toList();
    return blocks.size() == layers.size() ? blocks : List.of();
  }

  /** The whole stack at work. */
  public static final class FlowRun {

    private final List<FlowLayer.Run> runs;
    private final List<BlockLayer> blockLayers;
    private final int[] widths;
    private final FirstColumns innerEvents = new FirstColumns();
    private final FirstColumns innerLatents = new FirstColumns(); // of other memory
    private final FirstColumns innerGradients = new FirstColumns();
    private Optional<FlowBlocks> blocks = Optional.empty();

    private FlowRun(List<FlowLayer.Run> runs, List<BlockLayer> blockLayers, int[] widths) {
      this.runs = runs;
      this.blockLayers = blockLayers;
      this.widths = widths;
    }

    /**
     * The columns that are the input of a layer; of all layers but the first a part of the row.
     *
     * @throws IllegalArgumentException if the rows are not as wide as events
     */
    private Matrix seenBy(int layer, Matrix rows, FirstColumns views) {
      if (rows.cols() != widths[0]) {
        throw new IllegalArgumentException(
            "expected rows of %d features, got %d".formatted(widths[0], rows.cols()));
      }
      return layer == 0 ? rows : views.of(rows, widths[layer]);
    }

    /**
     * {@code x → z = f_k(x)} in place; {@code logDet} is set to {@code log|det J_{f_k}|}. With
     * fewer latents than features the column behind the latents holds the squared distance from the
     * surface.
     */
    public void forward(FlowInputs in, Matrix rows, double[] logDet) {
      java.util.Arrays.fill(logDet, 0, rows.rows(), 0.0);
      for (int l = 0; l < runs.size(); l++) {
        runs.get(l).forward(in.pass(l), seenBy(l, rows, innerEvents), logDet);
      }
    }

    /**
     * As {@link #forward}, to the same bits, and faster where the flow has few features; after it
     * neither {@link #backward} nor {@link #logScales} may be called.
     *
     * @param codes {@code v_k}, (K × d_v), of the tables
     * @param rows of which the first n are sent through
     */
    public void score(FlowInputs in, Matrix codes, Rows rows, int n, double[] logDet) {
      int single = n - inBlocks(in, n);
      if (single > 0) {
        forward(in, rows.top(single), logDet);
      }
      if (single < n) {
        Matrix all = rows.top(n);
        FlowBlocks side = blocks.get();
        side.load(all, single, in.chart, codes);
        for (int l = 0; l < blockLayers.size(); l++) {
          blockLayers.get(l).forward(in.pass(l), side);
        }
        side.storeLogDets(logDet, single, n);
        side.store(all, single);
      }
    }

    /**
     * How many of n rows go in blocks, for which there is memory then; none where threads share the
     * products of rows.
     */
    private int inBlocks(FlowInputs in, int n) {
      if (in.pass(0).kernels().shares(n * in.weightsOfProduct())) {
        return 0;
      }
      if (blocks.isEmpty() && !blockLayers.isEmpty()) {
        blocks = in.pass(0).kernels().blocks().map(FlowBlocks::new);
      }
      return blocks.isEmpty() ? 0 : blocks.get().kernels().inBlocks(n);
    }

    /**
     * Sets {@code logScales} (n × D) to {@code log ∂z_j/∂x_j} of the last {@link #forward}.
     *
     * @throws UnsupportedOperationException if a layer does not take the features in their order
     */
    public void logScales(FlowInputs in, int rows, double[] logScales) {
      java.util.Arrays.fill(logScales, 0, rows * widths[0], 0.0);
      for (int l = 0; l < runs.size(); l++) {
        runs.get(l).addLogScales(in.pass(l), rows, logScales);
      }
    }

    /**
     * {@code z → x = g_k(z)} in place, in blocks where the flow has few features.
     *
     * @param codes {@code v_k}, (K × d_v), of the tables
     */
    public void inverse(FlowInputs in, Matrix codes, Matrix rows) {
      int single = rows.rows() - inBlocks(in, rows.rows());
      if (single > 0) {
        inverse(in, rows.top(single));
      }
      if (single < rows.rows()) {
        FlowBlocks side = blocks.get();
        side.load(rows, single, in.chart, codes);
        for (int l = blockLayers.size() - 1; l >= 0; l--) {
          blockLayers.get(l).inverse(in.pass(l), side);
        }
        side.store(rows, single);
      }
    }

    /** {@code z → x = g_k(z)} in place. */
    public void inverse(FlowInputs in, Matrix rows) {
      for (int l = runs.size() - 1; l >= 0; l--) {
        runs.get(l).inverse(in.pass(l), seenBy(l, rows, innerLatents));
      }
    }

    /** Of the rows of the last {@link #forward} only these go backwards. */
    public void keep(KeptRows kept) {
      for (int l = 0; l < runs.size(); l++) {
        runs.get(l).keep(kept);
      }
    }

    /** The gradient by {@code z}, in place, to that by {@code x}; adds weights' and tables'. */
    public void backward(
        FlowInputs in, Matrix dRows, float[] dLogDet, List<LayerGradient> gradients) {
      for (int l = runs.size() - 1; l >= 0; l--) {
        Matrix seen = seenBy(l, dRows, innerGradients);
        runs.get(l).backward(in.pass(l), seen, dLogDet, gradients.get(l));
      }
    }
  }

  /** What a run reads; good for as many passes as read the same arrays. */
  public static final class FlowInputs {

    private final List<Matrix> tables;
    private final int[] chart;
    private final Kernels kernels;
    private final Weights weights;
    private final List<FlowPass> passes = new ArrayList<>();

    /**
     * Inputs of passes.
     *
     * @param kernels matrix products
     * @param weights of the whole flow
     * @param tables one per layer, filled
     * @param chart chart of each row
     */
    public FlowInputs(Kernels kernels, Weights weights, List<Matrix> tables, int[] chart) {
      this.kernels = kernels;
      this.weights = weights;
      this.tables = tables;
      this.chart = chart;
      tables.forEach(table -> passes.add(new FlowPass(kernels, weights, table, chart)));
    }

    /** Whether these very arrays are read, by these kernels. */
    public boolean reads(Kernels kernels, Weights weights, List<Matrix> tables, int[] chart) {
      boolean same = this.weights == weights && this.tables == tables && this.chart == chart;
      return same && this.kernels == kernels;
    }

    private FlowPass pass(int layer) {
      return passes.get(layer);
    }

    /** Of a middling product: a layer has some three. */
    private long weightsOfProduct() {
      return weights.values().length / (3L * passes.size());
    }
  }
}
