package io.chartflow.peers;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Linear layers whose weights are placeholders. */
final class Layers {

  /** Layers of an encoder, a decoder or a correction. */
  static final int MLP = 3;

  private final SameDiff sd;
  private final boolean differentiable;

  private Layers(SameDiff sd, boolean differentiable) {
    this.sd = sd;
    this.differentiable = differentiable;
  }

  /** Declares every weight of these shapes as a placeholder of a graph that has no gradient. */
  static Layers in(SameDiff sd, Map<String, long[]> shapes) {
    return declared(sd, shapes, false);
  }

  /** The same in a graph that has one. */
  static Layers differentiable(SameDiff sd, Map<String, long[]> shapes) {
    return declared(sd, shapes, true);
  }

  private static Layers declared(SameDiff sd, Map<String, long[]> shapes, boolean differentiable) {
    shapes.forEach((name, shape) -> sd.placeHolder(name, DataType.FLOAT, shape));
    return new Layers(sd, differentiable);
  }

  static String weight(String layer) {
    return layer + "w";
  }

  static String bias(String layer) {
    return layer + "b";
  }

  /** Adds the shapes of a layer. */
  static void add(Map<String, long[]> shapes, String layer, int inputs, int outputs) {
    shapes.put(weight(layer), new long[] {inputs, outputs});
    shapes.put(bias(layer), new long[] {outputs});
  }

  /** Adds the shapes of an MLP with two hidden layers. */
  static void addMlp(Map<String, long[]> shapes, String name, int inputs, int width, int outputs) {
    add(shapes, name + 0, inputs, width);
    add(shapes, name + 1, width, width);
    add(shapes, name + 2, width, outputs);
  }

  SameDiff graph() {
    return sd;
  }

  /** Columns in other orders. */
  Reordering reordering() {
    return new Reordering(sd, differentiable);
  }

  SDVariable linear(SDVariable x, String layer) {
    return sd.nn.linear(x, sd.getVariable(weight(layer)), sd.getVariable(bias(layer)));
  }

  /**
   * A layer behind which stands ReLU: at once where no gradient flows, and else as a product with
   * zeros and ones, because the gradient of SameDiff's own takes four times as long.
   */
  SDVariable hidden(SDVariable x, String layer) {
    if (!differentiable) {
      return sd.nn.reluLayer(x, sd.getVariable(weight(layer)), sd.getVariable(bias(layer)));
    }
    SDVariable sums = linear(x, layer);
    return sums.mul(sums.gt(0).castTo(DataType.FLOAT));
  }

  SDVariable mlp(SDVariable x, String name) {
    return linear(hidden(hidden(x, name + 0), name + 1), name + 2);
  }
}
