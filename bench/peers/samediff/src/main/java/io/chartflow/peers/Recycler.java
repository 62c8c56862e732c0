package io.chartflow.peers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of the graphs' arrays, used again, each array row by row. SameDiff's own manager
 * (1.0.0-M2.1) gives arrays of one order out as arrays of the other, which some operations then
 * read wrongly, and knows arrays by their exact shape, where every batch has another number of
 * pairs. It also mixes the orders, and a product or an activation between them takes several times
 * as long.
 */
final class Recycler extends AbstractMemoryMgr {

  /** That of all graphs: one thread runs them. */
  static final Recycler ALL = new Recycler();

  private record Kind(DataType type, long length) {}

  private final Map<Kind, Deque<DataBuffer>> free = new HashMap<>();
  private final Map<Long, Kind> lent = new HashMap<>();

  private Recycler() {}

  /** Makes all sessions from now on use this one. */
  void install() {
    SameDiff.bindInferenceFactory(this::session);
  }

  private InferenceSession session(SameDiff sd) {
    InferenceSession session = new InferenceSession(sd);
    session.setMmgr(this);
    return session;
  }

  @Override
  public INDArray allocate(boolean detached, DataType type, long... shape) {
    return allocate(type, shape);
  }

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor like) {
    return like.isEmpty() ? Nd4j.create(like) : allocate(like.dataType(), like.getShape());
  }

  private INDArray allocate(DataType type, long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    Kind kind = new Kind(type, capacity(length));
    Deque<DataBuffer> buffers = free.get(kind);
    DataBuffer buffer =
        buffers == null || buffers.isEmpty()
            ? Nd4j.createBuffer(type, kind.length, false)
            : buffers.pop();
    INDArray array = Nd4j.create(buffer, shape, Nd4j.getStrides(shape, 'c'), 0, 'c', type);
    lent.put(array.getId(), kind);
    return array;
  }

  /** The next number with three significant bits. */
  private static long capacity(long length) {
    int low = Math.max(0, 61 - Long.numberOfLeadingZeros(length));
    return ((length + (1L << low) - 1) >> low) << low;
  }

  @Override
  public void release(INDArray array) {
    Kind kind = lent.remove(array.getId());
    if (kind != null) {
      free.computeIfAbsent(kind, k -> new ArrayDeque<>()).push(array.data());
    }
  }

  @Override
  public void close() {
    free.clear();
    lent.clear();
  }
}
