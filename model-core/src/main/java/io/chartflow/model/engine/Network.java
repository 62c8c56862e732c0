package io.chartflow.model.engine;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.vq.Autoencoder;

/**
 * The structure that a configuration stands for, without weights.
 *
 * @param config the configuration
 * @param autoencoder encoder and decoder
 * @param flow the chart-conditioned flow
 */
record Network(AtlasConfig config, Autoencoder autoencoder, ChartFlow flow) {

  /** Events that one lane takes at a time. */
  static final int TILE = 64;

  /** Pairs (event, chart) that pass a flow together, so that they stay in cache. */
  static final int MAX_PAIRS = 256;

  static Network of(AtlasConfig config) {
    int codeDimension = config.quantizer().codeDimension();
    return new Network(
        config,
        new Autoencoder(config.quantizer(), config.dimension()),
        new ChartFlow(config.flow(), config.dimension(), codeDimension));
  }

  int dimension() {
    return config.dimension();
  }

  int charts() {
    return config.charts().count();
  }

  /** Number of tiles that hold {@code rows} rows. */
  static int tiles(int rows) {
    return (rows + TILE - 1) / TILE;
  }
}
