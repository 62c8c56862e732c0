package io.chartflow.peers;

import static io.chartflow.peers.ModelShape.CODE;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Encoder and decoder of the VQ-VAE. */
final class AutoEncoder {

  private static final double RATE = 0.02 * 1e-3;
  private static final double COMMITMENT = 0.25;
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";

  private final FlatWeights weights;
  private final Adam adam;
  private final Graph encode;
  private final Graph loss;

  AutoEncoder(ModelShape shape, WeightsFile file) {
    int d = shape.dimension();
    Map<String, long[]> encoder = new LinkedHashMap<>();
    Layers.addMlp(encoder, ENCODER, d, ModelShape.CODER_WIDTH, CODE);
    Map<String, long[]> both = new LinkedHashMap<>(encoder);
    Layers.addMlp(both, DECODER, CODE, ModelShape.CODER_WIDTH, d);
    this.weights = new FlatWeights(both);
    file.takeMlp(weights, ENCODER);
    file.takeMlp(weights, DECODER);
    this.adam = new Adam(weights);
    this.encode = encode(encoder, d);
    this.loss = loss(both, d);
  }

  private static Graph encode(Map<String, long[]> shapes, int d) {
    SameDiff sd = SameDiff.create();
    Layers layers = Layers.in(sd, shapes);
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, d);
    layers.mlp(x, ENCODER).rename("e");
    return new Graph(sd, shapes.keySet());
  }

  /** The VQ loss. SameDiff cannot stop a gradient, so what it must not see comes from outside. */
  private static Graph loss(Map<String, long[]> shapes, int d) {
    SameDiff sd = SameDiff.create();
    Layers layers = Layers.differentiable(sd, shapes);
    SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, d);
    SDVariable code = sd.placeHolder("code", DataType.FLOAT, -1, CODE);
    SDVariable jump = sd.placeHolder("jump", DataType.FLOAT, -1, CODE);
    SDVariable e = layers.mlp(x, ENCODER);
    SDVariable decoded = layers.mlp(e.add(jump), DECODER);
    SDVariable far = meanSquare(sd, e.sub(code)).mul(COMMITMENT);
    meanSquare(sd, decoded.sub(x)).add(far).rename("loss");
    return new Graph(sd, shapes.keySet()).minimising("loss");
  }

  private static SDVariable meanSquare(SameDiff sd, SDVariable difference) {
    return difference.mul(difference).mean();
  }

  /** Encodings of a batch. */
  float[] encode(INDArray x) {
    return encode.output(weights, Map.of("x", x), "e");
  }

  /** Steps down the VQ loss: {@code jump} leads from each encoding to its code. */
  void learn(INDArray x, INDArray code, INDArray jump) {
    Map<String, INDArray> inputs = new HashMap<>(Map.of("x", x, "code", code, "jump", jump));
    adam.step(loss.gradients(weights, inputs), RATE);
  }
}
