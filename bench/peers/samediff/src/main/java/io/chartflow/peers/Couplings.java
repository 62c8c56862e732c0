package io.chartflow.peers;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Affine couplings with their permutations as a part of a graph. The code of a pair's chart stands
 * beside the kept features: a few more columns of one product are cheaper here than a table of each
 * first layer, whose gradient would be summed by chart.
 */
final class Couplings {

  private static final double BOUND = 3; // S of a log-scale S·tanh(h/S)

  private final ModelShape shape;
  private final Layers layers;
  private final SameDiff sd;
  private final SDVariable code;
  private final Reordering reordering;
  private final List<int[]> orders;

  /**
   * Couplings of these layers.
   *
   * @param code of each pair's chart
   */
  Couplings(ModelShape shape, Layers layers, SDVariable code) {
    this.shape = shape;
    this.layers = layers;
    this.reordering = layers.reordering();
    this.sd = layers.graph();
    this.code = code;
    this.orders = Orders.of(shape.dimension(), shape.couplings());
  }

  static String first(int coupling) {
    return "first" + coupling;
  }

  static String second(int coupling) {
    return "second" + coupling;
  }

  static String last(int coupling) {
    return "last" + coupling;
  }

  /** Adds the shapes of all weights. */
  static void add(Map<String, long[]> shapes, ModelShape shape) {
    for (int i = 0; i < shape.couplings(); i++) {
      int kept = shape.kept(i);
      Layers.add(shapes, first(i), kept + ModelShape.CODE, shape.width());
      Layers.add(shapes, second(i), shape.width(), shape.width());
      Layers.add(shapes, last(i), shape.width(), 2 * (shape.dimension() - kept));
    }
  }

  /** S·tanh(h/S). */
  static SDVariable bounded(SameDiff sd, SDVariable h) {
    return sd.math.tanh(h.div(BOUND)).mul(BOUND);
  }

  /** log|det J| - ½z² of each row, z what the couplings make of it. */
  SDVariable logDensity(SDVariable x) {
    Halves y = cut(x, shape.kept(0));
    SDVariable terms = null;
    for (int i = 0; i < shape.couplings(); i++) {
      if (i > 0) {
        y = reordered(y, orders.get(i), shape.kept(i));
      }
      Net net = net(i, y.kept);
      y = new Halves(y.kept, y.moved.mul(sd.math.exp(net.logScale)).add(net.shift));
      // Halves of one size are summed once, at the end.
      SDVariable more =
          even() ? net.logScale : sum(net.logScale, shape.dimension() - shape.kept(i));
      terms = terms == null ? more : terms.add(more);
    }
    if (even()) {
      SDVariable squares = y.kept.mul(y.kept).add(y.moved.mul(y.moved));
      return sum(terms.sub(squares.mul(0.5)), shape.dimension() / 2);
    }
    SDVariable z = joined(y);
    return terms.sub(sum(z.mul(z), shape.dimension()).mul(0.5));
  }

  /** The inverse. */
  SDVariable inverse(SDVariable z) {
    int end = shape.couplings() - 1;
    Halves y = cut(z, shape.kept(end));
    for (int i = end; i >= 0; i--) {
      Net net = net(i, y.kept);
      SDVariable moved = y.moved.sub(net.shift).mul(sd.math.exp(net.logScale.neg()));
      y = new Halves(y.kept, moved);
      if (i > 0) {
        y = reordered(y, Orders.inverse(orders.get(i)), shape.kept(i - 1));
      }
    }
    return joined(y);
  }

  private record Halves(SDVariable kept, SDVariable moved) {}

  private record Net(SDVariable logScale, SDVariable shift) {}

  private Net net(int i, SDVariable kept) {
    SDVariable h = layers.hidden(sd.concat(1, kept, code), first(i));
    h = layers.linear(layers.hidden(h, second(i)), last(i));
    SDVariable[] parts = sd.split(h, 2, 1);
    return new Net(bounded(sd, parts[0]), parts[1]);
  }

  private boolean even() {
    return shape.dimension() % 2 == 0;
  }

  private Halves reordered(Halves y, int[] order, int kept) {
    if (even() && Orders.turnsByHalf(order)) {
      return new Halves(y.moved, y.kept);
    }
    SDVariable x = joined(y);
    return new Halves(
        reordering.columns(x, order, 0, kept),
        reordering.columns(x, order, kept, shape.dimension()));
  }

  private SDVariable joined(Halves y) {
    return sd.concat(1, y.kept, y.moved);
  }

  private Halves cut(SDVariable y, int kept) {
    if (even()) {
      SDVariable[] parts = sd.split(y, 2, 1);
      return new Halves(parts[0], parts[1]);
    }
    SDVariable left = y.get(SDIndex.all(), SDIndex.interval(0, kept));
    SDVariable right = y.get(SDIndex.all(), SDIndex.interval(kept, shape.dimension()));
    return new Halves(left, right);
  }

  /** Sums of rows. SameDiff fails on a sum over an axis of length one. */
  private SDVariable sum(SDVariable rows, int columns) {
    return columns == 1 ? sd.reshape(rows, -1) : rows.sum(1);
  }
}
