package io.chartflow.peers;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Columns in an order. SameDiff 1.0.0-M2.1 builds no gradient of a second gather along columns in
 * one graph (its parts are named alike), so where gradients flow it is a product with a matrix of
 * zeros and ones, which is the faster way for few columns anyhow.
 */
final class Reordering {

  /** Up to so many columns the product takes less time than the gather. */
  private static final int FEW = 128;

  private final SameDiff sd;
  private final boolean differentiable;

  Reordering(SameDiff sd, boolean differentiable) {
    this.sd = sd;
    this.differentiable = differentiable;
  }

  /** The columns from {@code from} on, before {@code to}, of the reordered ones. */
  SDVariable columns(SDVariable x, int[] order, int from, int to) {
    int[] taken = Arrays.copyOfRange(order, from, to);
    if (!differentiable && order.length > FEW) {
      return sd.gather(x, sd.constant(Nd4j.createFromArray(taken)), 1);
    }
    INDArray matrix = Nd4j.zeros(DataType.FLOAT, order.length, taken.length);
    for (int j = 0; j < taken.length; j++) {
      matrix.putScalar(taken[j], j, 1);
    }
    // Unlike that of mmul, its gradient has no part that leads to the constant matrix.
    SDVariable noBias = sd.constant(Nd4j.zeros(DataType.FLOAT, taken.length));
    return sd.nn.linear(x, sd.constant(matrix), noBias);
  }
}
