package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;

/**
 * What a layer reads while rows pass through it.
 *
 * @param kernels matrix products
 * @param weights of the whole flow
 * @param table of this layer, filled
 * @param chart chart of each row
 */
@SuppressWarnings("ArrayRecordComponent") // views of working memory, compared by nobody
public record FlowPass(Kernels kernels, Weights weights, Matrix table, int[] chart) {

  /**
   * Refuses rows that are not those of a layer of {@code features} features.
   *
   * @throws IllegalArgumentException if they have another width or there is no chart for each
   */
  void requireRows(Matrix rows, int features) {
    if (rows.cols() != features || chart.length < rows.rows()) {
      throw new IllegalArgumentException(
          "expected rows of %d features, each with its chart, got %d rows of %d and %d charts"
              .formatted(features, rows.rows(), rows.cols(), chart.length));
    }
  }
}
