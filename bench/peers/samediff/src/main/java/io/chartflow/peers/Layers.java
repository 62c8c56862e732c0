package io.chartflow.peers;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Linear layers whose weights are placeholders. */
final class Layers {

  /** Layers of an encoder, a decoder or a correction. */
  static final int MLP = 3;

  private Layers() {}

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

  /** Declares every weight of these shapes as a placeholder. */
  static void declare(SameDiff sd, Map<String, long[]> shapes) {
    shapes.forEach((name, shape) -> sd.placeHolder(name, DataType.FLOAT, shape));
  }

  static SDVariable linear(SameDiff sd, SDVariable x, String layer) {
    return sd.nn.linear(x, sd.getVariable(weight(layer)), sd.getVariable(bias(layer)));
  }

  static SDVariable hidden(SameDiff sd, SDVariable x, String layer) {
    return sd.nn.relu(linear(sd, x, layer), 0);
  }

  static SDVariable mlp(SameDiff sd, SDVariable x, String name) {
    return linear(sd, hidden(sd, hidden(sd, x, name + 0), name + 1), name + 2);
  }
}
