package io.chartflow.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.linalg.Matrix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A version of the model to look at.
 *
 * @param manifest where it comes from
 * @param config its shape
 * @param meanZ {@code Σ p_k Z_k}, what the restricted density integrates to
 * @param meanZError its standard error
 * @param charts each chart
 */
record AtlasView(
    AtlasManifest manifest,
    AtlasConfig config,
    double meanZ,
    double meanZError,
    List<Chart> charts) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  AtlasView {
    charts = List.copyOf(charts);
  }

  /**
   * One chart.
   *
   * @param chart its number
   * @param prior {@code p_k}
   * @param z {@code Z_k}
   * @param zError standard error of {@code Z_k}
   * @param centre mean of its members, in the units of the input
   */
  record Chart(int chart, double prior, float z, float zError, List<Feature> centre) {

    Chart {
      centre = List.copyOf(centre);
    }
  }

  /** A feature's value. */
  record Feature(String name, double value) {}

  /** A view of an atlas whose features have these names. */
  static AtlasView of(Atlas atlas, List<String> names) {
    if (names.size() != atlas.config().dimension()) {
      throw new IllegalArgumentException(
          "schema.fields must be the "
              + atlas.config().dimension()
              + " features of the atlas, got "
              + names.size());
    }
    double[] logPrior = atlas.logPrior();
    List<Chart> charts = new ArrayList<>();
    for (int k = 0; k < logPrior.length; k++) {
      charts.add(
          new Chart(
              k,
              Math.exp(logPrior[k]),
              atlas.z().get(k),
              atlas.zError().get(k),
              centre(atlas, k, names)));
    }
    return new AtlasView(
        atlas.manifest(), atlas.config(), atlas.meanZ(), atlas.meanZError(), charts);
  }

  private static List<Feature> centre(Atlas atlas, int k, List<String> names) {
    List<Feature> centre = new ArrayList<>();
    int d = names.size();
    double[] values = new double[d];
    atlas
        .features()
        .invert(Matrix.of(atlas.chartMeans().toArray(), 0, atlas.z().size(), d), k, values, 0);
    for (int j = 0; j < d; j++) {
      centre.add(new Feature(names.get(j), values[j]));
    }
    return centre;
  }

  String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view is always JSON", e);
    }
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "version      %d (parent %d)", manifest.version(), manifest.parent());
    line(text, "config       %s", manifest.configHash());
    line(text, "events       %,d in %,d steps", manifest.events(), manifest.steps());
    line(text, "likelihood   %.4f nats, prequential", manifest.prequentialLogLikelihood());
    if (manifest.eventTimeMillis() != Long.MIN_VALUE) {
      line(text, "event time   %s", Instant.ofEpochMilli(manifest.eventTimeMillis()));
    }
    manifest
        .positions()
        .forEach((partition, next) -> line(text, "learned to   %s@%d", partition, next));
    line(
        text,
        "shape        %d features, %d charts (m=%d, epsilon=%s), layers %s of width %d",
        config.dimension(),
        config.charts().count(),
        config.charts().m(),
        config.charts().epsilon(),
        config.flow().layers(),
        config.flow().width());
    line(text, "in use       %d charts", manifest.usedCharts());
    line(text, "sum p_k Z_k  %.5f ± %.5f", meanZ, meanZError);
    line(text, "%n%5s %9s %8s %8s  centre", "chart", "prior", "Z", "± error");
    charts.forEach(chart -> line(text, "%s", row(chart)));
    return text.toString();
  }

  private static String row(Chart chart) {
    StringBuilder centre = new StringBuilder();
    for (Feature each : chart.centre()) {
      centre.append(String.format(Locale.ROOT, "  %s=%.4g", each.name(), each.value()));
    }
    return String.format(
        Locale.ROOT,
        "%5d %9.6f %8.5f %8.5f%s",
        chart.chart(),
        chart.prior(),
        chart.z(),
        chart.zError(),
        centre);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
