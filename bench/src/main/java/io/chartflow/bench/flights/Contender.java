package io.chartflow.bench.flights;

import io.chartflow.local.suggest.ModelSuggestion;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.MarginalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is compared on the flights. All but the estimate have the training that is suggested. */
public enum Contender {
  /** Everything as it is suggested. */
  SUGGESTED("charts, as suggested"),
  /** As many charts, of the default flow, on the features as they are. */
  CHARTS("charts, RealNVP"),
  /** One flow of the default layers. */
  REALNVP("global RealNVP"),
  /** The same, with the transforms that are suggested. */
  REALNVP_TRANSFORMS("global RealNVP, transforms"),
  /** One spline flow. */
  SPLINE("global spline flow"),
  /** The same, with the transforms and the bins that are suggested. */
  SPLINE_SUGGESTED("global spline flow, transforms, as suggested"),
  /** A Gaussian kernel density estimate. */
  KDE("Gaussian KDE");

  private static final String SPLINES = "chart-affine, spline-coupling×5";

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A configuration of this.
   *
   * @param usual the defaults
   * @param suggestion for the data
   * @param marginals that are suggested
   */
  AtlasConfig config(AtlasConfig usual, ModelSuggestion suggestion, List<MarginalKind> marginals) {
    AtlasConfig trained = suggestion.trainingOf(usual);
    AtlasConfig suggested = suggestion.applyTo(usual);
    ChartsConfig one = ChartsConfig.single();
    return switch (this) {
      case SUGGESTED -> suggested.withMarginals(marginals);
      case CHARTS -> trained.withCharts(suggested.charts());
      case REALNVP -> trained.withCharts(one);
      case REALNVP_TRANSFORMS -> trained.withCharts(one).withMarginals(marginals);
      case SPLINE -> trained.withCharts(one).withFlow(usual.flow().withLayers(SPLINES));
      case SPLINE_SUGGESTED -> suggested.withCharts(one).withMarginals(marginals);
      case KDE -> usual;
    };
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
