package io.chartflow.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Weights of a network, views of one vector as in DL4J's own networks: clipping, Adam and the
 * moving average are then a few operations on one array, not a few on each of forty. Graphs take
 * the views as placeholders, so that one graph serves learned and averaged weights.
 */
final class FlatWeights {

  private final INDArray vector;
  private final Map<String, INDArray> views = new LinkedHashMap<>();

  /** Zeros of these shapes. */
  FlatWeights(Map<String, long[]> shapes) {
    vector =
        Nd4j.zeros(DataType.FLOAT, shapes.values().stream().mapToLong(FlatWeights::count).sum());
    long from = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long to = from + count(entry.getValue());
      INDArray part = vector.get(NDArrayIndex.interval(from, to));
      views.put(entry.getKey(), part.reshape('c', entry.getValue()));
      from = to;
    }
  }

  private static long count(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  INDArray vector() {
    return vector;
  }

  /** Views by name, in the order of the vector. */
  Map<String, INDArray> views() {
    return views;
  }

  int size(String name) {
    return (int) views.get(name).length();
  }

  /** Overwrites a part of a view, which begins behind so many of its numbers. */
  void set(String name, int skipped, float[] values) {
    long from = views.get(name).offset() - vector.offset() + skipped;
    vector
        .get(NDArrayIndex.interval(from, from + values.length))
        .assign(Nd4j.createFromArray(values));
  }
}
