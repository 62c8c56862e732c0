package io.chartflow.model.engine;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.flow.Base;
import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.vq.Autoencoder;

/**
 * The structure that a configuration stands for, without weights.
 *
 * @param config the configuration
 * @param autoencoder encoder and decoder
 * @param flow the chart-conditioned flow
 * @param base what the flow carries every chart to
 */
record Network(AtlasConfig config, Autoencoder autoencoder, ChartFlow flow, Base base) {

  /** Events that one lane takes at a time. */
  static final int TILE = 64;

  /** Pairs (event, chart) that pass a flow together, so that they stay in cache. */
  static final int MAX_PAIRS = 256;

  static Network of(AtlasConfig config) {
    int codeDimension = config.quantizer().codeDimension();
    int latents = config.latentDimension();
    return new Network(
        config,
        new Autoencoder(config.quantizer(), config.dimension()),
        new ChartFlow(
            config.flow(), config.dimension(), latents, codeDimension, config.charts().count()),
        Base.of(config.flow().base(), latents));
  }

  int dimension() {
    return config.dimension();
  }

  /** Features {@code d} of a latent. */
  int latentDimension() {
    return flow.latentDimension();
  }

  /** Whether charts are surfaces of fewer dimensions than the events. */
  boolean isEmbedded() {
    return latentDimension() < dimension();
  }

  int charts() {
    return config.charts().count();
  }

  /** Number of tiles that hold {@code rows} rows. */
  static int tiles(int rows) {
    return (rows + TILE - 1) / TILE;
  }
}
