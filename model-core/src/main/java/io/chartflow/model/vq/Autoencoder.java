package io.chartflow.model.vq;

import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;

/** Encoder {@code E: R^D → R^{d_v}} and decoder {@code R^{d_v} → R^D}. Structure only. */
public final class Autoencoder {

  private final ParameterLayout layout = new ParameterLayout();
  private final Mlp encoder;
  private final Mlp decoder;

  /** The auto-encoder of this configuration for events of {@code dimension} features. */
  public Autoencoder(QuantizerConfig config, int dimension) {
    this.encoder = new Mlp(layout, dimension, config.width(), config.codeDimension());
    this.decoder = new Mlp(layout, config.codeDimension(), config.width(), dimension);
  }

  /** Where the weights lie. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The encoder. */
  public Mlp encoder() {
    return encoder;
  }

  /** The decoder. */
  public Mlp decoder() {
    return decoder;
  }

  /** Starting weights. */
  public float[] initialWeights(SplitMix random) {
    float[] theta = new float[layout.size()];
    encoder.initialise(theta, random, encoder.inputs(), false);
    decoder.initialise(theta, random, decoder.inputs(), false);
    return theta;
  }
}
