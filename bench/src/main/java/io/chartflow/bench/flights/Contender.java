package io.chartflow.bench.flights;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.MarginalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is compared on the flights. */
public enum Contender {
  /** Charts, with a transform of each feature. */
  CHARTS("charts, transforms", "chart-affine, coupling×5", false, true),
  /** Charts on the features as they are. */
  CHARTS_PLAIN("charts", "chart-affine, coupling×5", false, false),
  /** One flow of the same layers and training. */
  REALNVP("global RealNVP", "chart-affine, coupling×5", true, false),
  /** One flow, with the transforms that the charts have. */
  REALNVP_TRANSFORMS("global RealNVP, transforms", "chart-affine, coupling×5", true, true),
  /** One spline flow. */
  SPLINE("global spline flow", "chart-affine, spline-coupling×5", true, false),
  /** A Gaussian kernel density estimate. */
  KDE("Gaussian KDE", "", true, false);

  private final String title;
  private final String layers;
  private final boolean single;
  private final boolean transforms;

  Contender(String title, String layers, boolean single, boolean transforms) {
    this.title = title;
    this.layers = layers;
    this.single = single;
    this.transforms = transforms;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A configuration of this. */
  AtlasConfig applyTo(AtlasConfig config, List<MarginalKind> marginals) {
    if (layers.isEmpty()) {
      return config;
    }
    AtlasConfig flow = config.withFlow(config.flow().withLayers(layers));
    AtlasConfig cover = single ? flow.withCharts(ChartsConfig.single()) : flow;
    return transforms ? cover.withMarginals(marginals) : cover;
  }

  /**
   * The contender of this name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static Contender named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "models must be some of "
                        + Arrays.stream(values())
                            .map(Contender::text)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
