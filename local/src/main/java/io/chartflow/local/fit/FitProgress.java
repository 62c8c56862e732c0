package io.chartflow.local.fit;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Where a fit stands.
 *
 * @param steps taken
 * @param events learned from
 * @param eventsPerSecond since the fit began
 * @param recentLogLikelihood mean prequential log-density of the last batches; NaN while the flows
 *     have not begun
 * @param trueLogLikelihood the mean true log-density, where it is known
 * @param usedCharts codes that are alive
 */
public record FitProgress(
    long steps,
    long events,
    double eventsPerSecond,
    double recentLogLikelihood,
    OptionalDouble trueLogLikelihood,
    int usedCharts) {

  /** One line for a person. */
  public String line() {
    String learned =
        Double.isNaN(recentLogLikelihood)
            ? "charts only so far"
            : String.format(Locale.ROOT, "log-likelihood %.3f", recentLogLikelihood);
    String truth =
        trueLogLikelihood.isPresent()
            ? String.format(Locale.ROOT, " (truth %.3f)", trueLogLikelihood.getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "%,12d events  %,8d steps  %,9.0f events/s  %s%s  %d charts",
        events,
        steps,
        eventsPerSecond,
        learned,
        truth,
        usedCharts);
  }
}
