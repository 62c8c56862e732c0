package io.chartflow.model.vq;

import io.chartflow.model.config.EncoderKind;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.BlockMlp;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.List;
import java.util.Optional;

/**
 * Encoder {@code E: R^D → R^{d_v}} and decoder {@code R^{d_v} → R^D}; or neither, where events are
 * their own encodings. Structure only.
 */
public final class Autoencoder {

  /** Where inputs are more, rows fill a vector. */
  private static final int FEW_INPUTS = 16;

  private final ParameterLayout layout = new ParameterLayout();
  private final List<Mlp> networks;

  /** The auto-encoder of this configuration for events of {@code dimension} features. */
  public Autoencoder(QuantizerConfig config, int dimension) {
    this.networks =
        config.encoder() == EncoderKind.IDENTITY
            ? List.of()
            : List.of(
                new Mlp(layout, dimension, config.width(), config.codeDimension()),
                new Mlp(layout, config.codeDimension(), config.width(), dimension));
  }

  /** Where the weights lie. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Whether events are their own encodings, and there are no networks. */
  public boolean isIdentity() {
    return networks.isEmpty();
  }

  /** The encoder. */
  public Mlp encoder() {
    return networks.get(0);
  }

  /** The decoder. */
  public Mlp decoder() {
    return networks.get(1);
  }

  /** Writes {@code E(x)} to {@code encodings}; {@code tape} remembers what backward needs. */
  public void encode(Kernels kernels, Weights weights, Matrix x, MlpTape tape, Matrix encodings) {
    if (!isIdentity()) {
      encoder().forward(kernels, weights, x, tape, encodings);
      return;
    }
    for (int i = 0; i < x.rows(); i++) {
      System.arraycopy(x.data(), x.row(i), encodings.data(), encodings.row(i), x.cols());
    }
  }

  /** The encoder on blocks of rows, with memory for one thread; none where rows do better. */
  public Optional<BlockMlp> blocks(Kernels kernels) {
    boolean fits = !isIdentity() && encoder().inputs() <= FEW_INPUTS && encoder().fitsBlocks();
    return fits ? kernels.blocks().map(side -> new BlockMlp(encoder(), side)) : Optional.empty();
  }

  /** Starting weights. */
  public float[] initialWeights(SplitMix random) {
    float[] theta = new float[layout.size()];
    networks.forEach(network -> network.initialise(theta, random, network.inputs(), false));
    return theta;
  }
}
