package io.chartflow.model.config;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The shape of an atlas and how it learns. Two equal configurations and the same batches give the
 * same bits.
 *
 * @param dimension number of features {@code D} of an event, at least 1
 * @param charts the cover of the data by charts
 * @param quantizer the auto-encoder and its codebook
 * @param flow the chart-conditioned flow
 * @param training rates and time scales
 * @param seed of every random number that the model draws
 */
public record AtlasConfig(
    int dimension,
    ChartsConfig charts,
    QuantizerConfig quantizer,
    FlowConfig flow,
    TrainingConfig training,
    long seed)
    implements Serializable {

  /** The largest number of features that is accepted. */
  public static final int MAX_DIMENSION = 4096;

  /**
   * @throws ConfigException naming every broken rule
   */
  public AtlasConfig {
    Objects.requireNonNull(charts, "charts");
    Objects.requireNonNull(quantizer, "quantizer");
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(training, "training");
    Problems problems = new Problems("model");
    problems.between("dimension", dimension, 1, MAX_DIMENSION);
    problems.require(
        charts.count() <= training.batch(),
        "charts.count",
        "at most training.batch=" + training.batch() + ", since the codes start from one batch",
        charts.count());
    problems.throwIfAny();
  }

  /** The default model of events with this many features. */
  public static AtlasConfig defaults(int dimension) {
    return new AtlasConfig(
        dimension,
        ChartsConfig.DEFAULTS,
        QuantizerConfig.DEFAULTS,
        FlowConfig.DEFAULTS,
        TrainingConfig.DEFAULTS,
        0L);
  }

  /** This configuration with other charts. */
  public AtlasConfig withCharts(ChartsConfig other) {
    return new AtlasConfig(dimension, other, quantizer, flow, training, seed);
  }

  /** This configuration with other training. */
  public AtlasConfig withTraining(TrainingConfig other) {
    return new AtlasConfig(dimension, charts, quantizer, flow, other, seed);
  }

  /** This configuration with another flow. */
  public AtlasConfig withFlow(FlowConfig other) {
    return new AtlasConfig(dimension, charts, quantizer, other, training, seed);
  }

  /** This configuration with another seed. */
  public AtlasConfig withSeed(long other) {
    return new AtlasConfig(dimension, charts, quantizer, flow, training, other);
  }

  /** First 16 hexadecimal digits of the SHA-256 of the canonical text of this configuration. */
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
