package io.chartflow.model.config;

import java.io.Serializable;

/**
 * The vector-quantised auto-encoder.
 *
 * @param codeDimension dimension {@code d_v} of the code space
 * @param width units of each of the two hidden layers of encoder and decoder
 * @param commitmentCost {@code β} of van den Oord et al. 2017, equation 3
 * @param decay of the codebook's exponential moving averages, per batch
 * @param encoder what places an event among the codes; with {@code identity} the code space is that
 *     of the standardised events, and {@code codeDimension} must be their dimension
 * @param update how the codes move
 */
public record QuantizerConfig(
    int codeDimension,
    int width,
    double commitmentCost,
    double decay,
    EncoderKind encoder,
    CodebookUpdate update)
    implements Serializable {

  /** {@code d_v = 8}, width 64, {@code β = 0.25}, decay 0.99. */
  public static final QuantizerConfig DEFAULTS = new QuantizerConfig(8, 64, 0.25, 0.99);

  /**
   * @throws ConfigException naming every broken rule
   */
  public QuantizerConfig {
    Problems problems = new Problems("model.quantizer");
    problems.between("codeDimension", codeDimension, 1, 1024);
    problems.between("width", width, 1, 8192);
    problems.between("commitmentCost", commitmentCost, 0.0, 100.0);
    problems.require(decay >= 0 && decay < 1, "decay", "at least 0 and below 1", decay);
    problems.throwIfAny();
  }

  /** A network whose codes move by averages. */
  public QuantizerConfig(int codeDimension, int width, double commitmentCost, double decay) {
    this(codeDimension, width, commitmentCost, decay, EncoderKind.NETWORK, CodebookUpdate.EMA);
  }
}
