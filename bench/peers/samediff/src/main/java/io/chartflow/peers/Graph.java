package io.chartflow.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A SameDiff graph whose weights are placeholders. */
final class Graph {

  private final SameDiff sd;
  private final List<String> weights;
  private final List<String> gradients = new ArrayList<>();
  private SameDiff backward;

  Graph(SameDiff sd, Set<String> weights) {
    this.sd = sd;
    this.weights = List.copyOf(weights);
  }

  /** The same, which knows the gradient of a loss by every weight. */
  Graph minimising(String loss) {
    sd.setLossVariables(loss);
    sd.createGradFunction(weights.toArray(String[]::new));
    backward = sd.getFunction("grad");
    weights.forEach(name -> gradients.add(sd.grad(name).name()));
    return this;
  }

  /** One of the outputs, row after row. */
  float[] output(FlatWeights values, Map<String, INDArray> inputs, String name) {
    return output(values, inputs, List.of(name)).get(0);
  }

  /** Outputs in the order of their names. */
  List<float[]> output(FlatWeights values, Map<String, INDArray> inputs, List<String> names) {
    Map<String, INDArray> outputs = sd.output(placeholders(values, inputs), names);
    List<float[]> floats = names.stream().map(name -> Matrices.floats(outputs.get(name))).toList();
    outputs.values().forEach(Recycler.ALL::release);
    return floats;
  }

  /**
   * Gradients of the loss by every weight, in their order; who takes them recycles them. Not by
   * {@code calculateGradients}, which switches the recycling of memory off.
   */
  List<INDArray> gradients(FlatWeights values, Map<String, INDArray> inputs) {
    Map<String, INDArray> outputs = backward.output(placeholders(values, inputs), gradients);
    return gradients.stream().map(outputs::get).toList();
  }

  private Map<String, INDArray> placeholders(FlatWeights values, Map<String, INDArray> inputs) {
    Map<String, INDArray> all = new HashMap<>(inputs);
    weights.forEach(name -> all.put(name, values.views().get(name)));
    return all;
  }
}
