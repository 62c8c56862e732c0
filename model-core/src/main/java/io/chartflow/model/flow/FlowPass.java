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
public record FlowPass(Kernels kernels, Weights weights, Matrix table, int[] chart) {}
