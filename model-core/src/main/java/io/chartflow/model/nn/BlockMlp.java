package io.chartflow.model.nn;

import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;

/** An {@link Mlp} forward on blocks of rows, to the same bits. Working memory of one thread. */
public final class BlockMlp {

  private final Mlp net;
  private final BlockKernels kernels;
  private final float[] x;
  private final float[] h1;
  private final float[] h2;
  private final float[] y;

  /** Of a network that {@linkplain Mlp#fitsBlocks fits}. */
  public BlockMlp(Mlp net, BlockKernels kernels) {
    int r = kernels.rows();
    this.net = net;
    this.kernels = kernels;
    this.x = new float[net.inputs() * r];
    this.h1 = new float[net.width() * r];
    this.h2 = new float[net.width() * r];
    this.y = new float[net.outputs() * r];
  }

  /** Runs the rows of {@code inputs} to {@code outputs}; takes longer for a few than the net. */
  public void forward(Weights weights, Matrix inputs, Matrix outputs) {
    for (int from = 0; from < inputs.rows(); from += kernels.rows()) {
      kernels.load(inputs, from, x);
      Packed w1 = weights.packed(net.firstWeights());
      kernels.affine(x, w1, weights.view(net.firstBias()), true, h1);
      net.forwardFrom(kernels, weights, h1, h2, y);
      kernels.store(y, outputs, from);
    }
  }
}
