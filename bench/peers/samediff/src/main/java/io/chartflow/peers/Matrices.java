package io.chartflow.peers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of this heap and of ND4J. */
final class Matrices {

  private Matrices() {}

  /** Rows of this width. */
  static INDArray matrix(float[] values, int width) {
    return Nd4j.createFromArray(values).reshape('c', values.length / width, width);
  }

  /** Row after row. */
  static float[] floats(INDArray matrix) {
    return matrix.ordering() == 'c' && !matrix.isView()
        ? matrix.data().asFloat()
        : matrix.dup('c').data().asFloat();
  }
}
