package io.chartflow.model.nn;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;

/** An {@link Mlp} forward on blocks of rows, to the same bits. Working memory of one thread. */
public final class BlockMlp {

  private final Mlp net;
  private final BlockKernels kernels;
  private final AlignedFloats x = new AlignedFloats();
  private final AlignedFloats h1 = new AlignedFloats();
  private final AlignedFloats h2 = new AlignedFloats();
  private final AlignedFloats y = new AlignedFloats();

  /** Of a network that {@linkplain Mlp#fitsBlocks fits}. */
  public BlockMlp(Mlp net, BlockKernels kernels) {
    this.net = net;
    this.kernels = kernels;
  }

  /** Runs the rows of {@code inputs} to {@code outputs}; takes longer for a few than the net. */
  public void forward(Weights weights, Matrix inputs, Matrix outputs) {
    int r = kernels.rows();
    x.reserve(net.inputs() * r);
    h1.reserve(net.width() * r);
    h2.reserve(net.width() * r);
    y.reserve(net.outputs() * r);
    for (int from = 0; from < inputs.rows(); from += r) {
      kernels.load(inputs, from, x.data(), x.start());
      Packed w1 = weights.packed(net.firstWeights());
      kernels.affine(x, w1, weights.view(net.firstBias()), true, h1);
      net.forwardFrom(kernels, weights, h1, h2, y);
      kernels.store(y.data(), y.start(), outputs, from);
    }
  }
}
