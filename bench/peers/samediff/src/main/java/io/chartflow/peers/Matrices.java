package io.chartflow.peers;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of this heap and of ND4J. */
final class Matrices {

  private Matrices() {}

  /** Rows of this width. */
  static INDArray matrix(float[] values, int width) {
    INDArray matrix = Nd4j.createUninitialized(DataType.FLOAT, values.length / width, width);
    matrix.data().asNioFloat().put(values);
    return matrix;
  }

  /**
   * An output of a graph, row after row. Much faster than {@code asFloat}, which takes each alone.
   */
  static float[] floats(INDArray output) {
    float[] values = new float[(int) output.length()];
    output.data().asNioFloat().get(values);
    return values;
  }
}
