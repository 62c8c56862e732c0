package io.chartflow.model.config;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The shape of an atlas and how it learns. Two equal configurations and the same batches give the
 * same bits.
 *
 * @param dimension number of features {@code D} of an event, at least 1
 * @param marginals the transform of each feature; empty where none has one
 * @param charts the cover of the data by charts
 * @param quantizer the auto-encoder and its codebook
 * @param flow the chart-conditioned flow
 * @param embedding of charts of a lower dimension
 * @param training rates and time scales
 * @param adaptation to a world that changes
 * @param calibration of surprisals to p-values
 * @param seed of every random number that the model draws
 */
public record AtlasConfig(
    int dimension,
    List<MarginalKind> marginals,
    ChartsConfig charts,
    QuantizerConfig quantizer,
    FlowConfig flow,
    EmbeddingConfig embedding,
    TrainingConfig training,
    AdaptationConfig adaptation,
    CalibrationConfig calibration,
    long seed)
    implements Serializable {

  /** The largest number of features that is accepted. */
  public static final int MAX_DIMENSION = 4096;

  /**
   * Transforms that are all {@code NONE} become the empty list.
   *
   * @throws ConfigException naming every broken rule
   */
  public AtlasConfig {
    Objects.requireNonNull(charts, "charts");
    Objects.requireNonNull(quantizer, "quantizer");
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(adaptation, "adaptation");
    Objects.requireNonNull(calibration, "calibration");
    boolean plain = marginals.stream().allMatch(kind -> kind == MarginalKind.NONE);
    marginals = plain ? List.of() : List.copyOf(marginals);
    Problems problems = new Problems("model");
    problems.between("dimension", dimension, 1, MAX_DIMENSION);
    problems.require(
        plain || marginals.size() == dimension,
        "marginals",
        "one for each of the " + dimension + " features",
        marginals.size());
    problems.require(
        charts.count() <= training.batch(),
        "charts.count",
        "at most training.batch=" + training.batch() + ", since the codes start from one batch",
        charts.count());
    problems.require(
        quantizer.encoder() == EncoderKind.NETWORK || quantizer.codeDimension() == dimension,
        "quantizer.codeDimension",
        "the number of features, " + dimension + ", with quantizer.encoder=identity",
        quantizer.codeDimension());
    problems.require(
        charts.prior() == ChartPrior.COVERAGE || training.objective() == Objective.MARGINAL,
        "charts.prior",
        "coverage with training.objective=sampled, which sees no posterior",
        charts.prior());
    problems.require(
        embedding.dimension() < dimension || dimension < 1,
        "embedding.dimension",
        "below the number of features, " + dimension + ", or 0 for none",
        embedding.dimension());
    problems.require(
        plain || !embedding.isPresent(),
        "embedding.dimension",
        "0 where a feature has a transform, since a chart's map must stay conformal",
        embedding.dimension());
    problems.require(
        adaptation.guard() == 0
            || adaptation.guard() * calibration.window() >= AdaptationConfig.TAIL,
        "adaptation.guard",
        "0, or at least %d/calibration.window = %s, since it is judged by that many events"
            .formatted(
                AdaptationConfig.TAIL, (double) AdaptationConfig.TAIL / calibration.window()),
        adaptation.guard());
    problems.throwIfAny();
  }

  /** A model with no transforms and no embedding, which adapts and calibrates by the defaults. */
  public AtlasConfig(
      int dimension,
      ChartsConfig charts,
      QuantizerConfig quantizer,
      FlowConfig flow,
      TrainingConfig training,
      long seed) {
    this(
        dimension,
        List.of(),
        charts,
        quantizer,
        flow,
        EmbeddingConfig.DEFAULTS,
        training,
        AdaptationConfig.DEFAULTS,
        CalibrationConfig.DEFAULTS,
        seed);
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

  /** The transform of each feature, (D). */
  public List<MarginalKind> marginalKinds() {
    return marginals.isEmpty() ? Collections.nCopies(dimension, MarginalKind.NONE) : marginals;
  }

  /** Dimension {@code d} of the base: that of the embedding, or {@code D}. */
  public int latentDimension() {
    return embedding.isPresent() ? embedding.dimension() : dimension;
  }

  /** This configuration with other transforms of the features. */
  public AtlasConfig withMarginals(List<MarginalKind> other) {
    return new AtlasConfig(
        dimension,
        other,
        charts,
        quantizer,
        flow,
        embedding,
        training,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with other charts. */
  public AtlasConfig withCharts(ChartsConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        other,
        quantizer,
        flow,
        embedding,
        training,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with another quantizer. */
  public AtlasConfig withQuantizer(QuantizerConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        other,
        flow,
        embedding,
        training,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with another flow. */
  public AtlasConfig withFlow(FlowConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        other,
        embedding,
        training,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with another embedding. */
  public AtlasConfig withEmbedding(EmbeddingConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        flow,
        other,
        training,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with another training. */
  public AtlasConfig withTraining(TrainingConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        flow,
        embedding,
        other,
        adaptation,
        calibration,
        seed);
  }

  /** This configuration with another adaptation. */
  public AtlasConfig withAdaptation(AdaptationConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        flow,
        embedding,
        training,
        other,
        calibration,
        seed);
  }

  /** This configuration with another calibration. */
  public AtlasConfig withCalibration(CalibrationConfig other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        flow,
        embedding,
        training,
        adaptation,
        other,
        seed);
  }

  /** This configuration with another seed. */
  public AtlasConfig withSeed(long other) {
    return new AtlasConfig(
        dimension,
        marginals,
        charts,
        quantizer,
        flow,
        embedding,
        training,
        adaptation,
        calibration,
        other);
  }

  /**
   * First 16 hexadecimal digits of the SHA-256 of {@link ConfigText}: every setting by its name,
   * numbers bit for bit.
   */
  public String hash() {
    try {
      byte[] text = ConfigText.write(this).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
