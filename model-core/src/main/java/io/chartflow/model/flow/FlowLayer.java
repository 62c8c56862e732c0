package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/**
 * One invertible layer {@code y = f(x; v_k)} of {@code R^D}, rows are events. The structure alone;
 * weights lie in a flat array, and what depends on the chart alone is worked out once per chart
 * into a table of {@link #tableColumns()} floats a chart.
 *
 * <p>A layer must ensure: {@link Run#inverse} undoes {@link Run#forward} to float accuracy; the
 * log-determinant that forward adds is that of its Jacobian; {@link Run#backward} is the gradient
 * of both; a row's result depends on no other row. It refuses rows of another width, takes any
 * number of them, none included, and rows that lie apart.
 */
public interface FlowLayer {

  /**
   * Features of the output. Rows change in place: with fewer outputs than inputs the output lies in
   * the first columns of each row, and in the column behind it the squared distance from the
   * surface.
   */
  default int outputs(int inputs) {
    return inputs;
  }

  /** Floats per chart in this layer's table. */
  int tableColumns();

  /** Of them those that a backward pass leaves a gradient for: all or none. */
  default int gradientColumns() {
    return tableColumns();
  }

  /** Draws starting weights; with them the layer is the identity or the chart's affine map. */
  void initialise(float[] theta, SplitMix random);

  /** Works out the table (K × {@link #tableColumns()}) for these weights and charts. */
  void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table);

  /**
   * Adds to {@code gradient} what the table's gradient says about the weights. Must follow {@link
   * #fillTable} of the same weights and charts on the same thread.
   */
  void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient);

  /** A run of this layer with memory of its own for one thread. */
  Run run();

  /** This layer on blocks of rows, with memory for one thread; none where rows do better. */
  default Optional<BlockLayer> blocks() {
    return Optional.empty();
  }

  /** A layer at work: forward remembers what backward needs. */
  interface Run {

    /** Replaces each row {@code x} by {@code f(x)} and adds {@code log|det J_f|} to its sum. */
    void forward(FlowPass pass, Matrix rows, double[] logDet);

    /** Replaces each row {@code y} by {@code f⁻¹(y)}. */
    void inverse(FlowPass pass, Matrix rows);

    /**
     * Of the rows of the last {@link #forward} only these go backwards: forgets the others. The
     * gradients of a loss that the others do not change are the same sums without their zeros.
     */
    void keep(KeptRows kept);

    /**
     * Replaces each row of {@code dRows}, the gradient of the loss by this layer's output, by the
     * gradient by its input, and adds the gradients of weights and table. Must follow {@link
     * #forward} on the same rows, those of them that were {@linkplain #keep kept}.
     *
     * @param dLogDet gradient of the loss by each row's log-determinant
     */
    void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient);

    /**
     * Adds {@code log ∂y_j/∂x_j} of the last {@link #forward} to {@code logScales} (n × D): each
     * feature's part of the log-determinant.
     *
     * @throws UnsupportedOperationException if some {@code y_j} depends on features after j
     */
    default void addLogScales(FlowPass pass, int rows, double[] logScales) {
      throw new UnsupportedOperationException(
          getClass().getSimpleName() + " does not take the features in their order");
    }
  }

  /**
   * Where a layer adds its gradients.
   *
   * @param theta flat, of the whole flow
   * @param table of this layer, (K × gradientColumns)
   */
  record LayerGradient(Views theta, Matrix table) {}
}
