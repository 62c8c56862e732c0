package io.chartflow.peers;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.custom.Flatten;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/** Adam on a whole vector, its gradient clipped at a global norm. */
final class Adam {

  private static final double CLIP = 5;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final FlatWeights weights;
  private final INDArray second;
  private final INDArray first;
  private final INDArray gradient;
  private int steps;

  Adam(FlatWeights weights) {
    this.weights = weights;
    this.second = Nd4j.zeros(DataType.FLOAT, weights.vector().length());
    this.first = Nd4j.zeros(DataType.FLOAT, weights.vector().length());
    this.gradient = Nd4j.zeros(DataType.FLOAT, weights.vector().length());
  }

  /** One step down these gradients, which are recycled; where they are not finite, none. */
  void step(List<INDArray> gradients, double rate) {
    Nd4j.exec(new Flatten(gradient, gradients.toArray(INDArray[]::new)));
    gradients.forEach(Recycler.ALL::release);
    double norm = gradient.norm2Number().doubleValue();
    if (!Double.isFinite(norm)) {
      return;
    }
    if (norm > CLIP) {
      gradient.muli(CLIP / norm);
    }
    Nd4j.exec(new AdamUpdater(gradient, second, first, rate, BETA1, BETA2, EPSILON, steps++));
    weights.vector().subi(gradient);
  }
}
