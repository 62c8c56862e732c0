package io.chartflow.bench.paper;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.EmbeddingConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The flows that are compared; each has five layers behind the charts' affine maps. */
public enum FlowModel {
  /** Affine couplings. */
  REALNVP("RealNVP", "chart-affine, coupling×5", 0),
  /** Masked autoregressive layers. */
  MAF("MAF", "chart-affine, maf×5", 0),
  /** Affine couplings in the plane, then a conformal embedding into the space of the events. */
  CEF("CEF", "chart-affine, coupling×5", 2),
  /** Rational-quadratic spline couplings; not in the paper. */
  SPLINE("Spline", "chart-affine, spline-coupling×5", 0);

  private final String title;
  private final String layers;
  private final int embedding;

  FlowModel(String title, String layers, int embedding) {
    this.title = title;
    this.layers = layers;
    this.embedding = embedding;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the density is one of the space, which can be compared with the truth. */
  public boolean isOfFullDimension() {
    return embedding == 0;
  }

  /** A configuration with these layers. */
  public AtlasConfig applyTo(AtlasConfig config) {
    AtlasConfig flows = config.withFlow(config.flow().withLayers(layers));
    return embedding == 0 ? flows : flows.withEmbedding(EmbeddingConfig.of(embedding));
  }

  /**
   * The model of this name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static FlowModel named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "models must be some of "
                        + Arrays.stream(values())
                            .map(FlowModel::text)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
