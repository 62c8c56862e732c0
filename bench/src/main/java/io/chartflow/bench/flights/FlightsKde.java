package io.chartflow.bench.flights;

import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.stats.Bandwidth;
import io.chartflow.bench.stats.GaussianKde;
import io.chartflow.local.data.DataSet;
import io.chartflow.model.engine.EventBatch;
import java.util.Map;
import java.util.Optional;

/**
 * A Gaussian kernel density estimate of all rows. A feature's bandwidth is a multiple of its
 * standard deviation; the multiple is the best on rows of the training set that were kept back.
 */
final class FlightsKde {

  private static final int KEPT_BACK = 2000;
  private static final double LOW = 0.004;
  private static final double HIGH = 1;

  private FlightsKde() {}

  static RunOutcome run(DataSet flights, int rows, int test, long seed) {
    EventBatch all = Draws.training(flights, rows, seed);
    double[] spread = deviations(all);
    EventBatch most = part(all, 0, rows - KEPT_BACK);
    EventBatch keptBack = part(all, rows - KEPT_BACK, rows);
    GaussianKde guess = GaussianKde.scaled(most, spread, 1);
    double bandwidth =
        Bandwidth.best(h -> guess.withBandwidth(h).meanLogDensity(keptBack), LOW, HIGH);
    GaussianKde kde = GaussianKde.scaled(all, spread, bandwidth);
    double score = kde.meanLogDensity(Draws.heldOut(flights, rows, 0, test, seed).events());
    return new RunOutcome(
        Map.of(FlightsPlan.TEST, score, "bandwidth", bandwidth), Map.of(), Optional.empty());
  }

  private static EventBatch part(EventBatch all, int from, int to) {
    EventBatch part = new EventBatch(to - from, all.dimension());
    for (int i = from; i < to; i++) {
      part.add(all.values(), i * all.dimension());
    }
    return part;
  }

  private static double[] deviations(EventBatch all) {
    double[] out = new double[all.dimension()];
    for (int j = 0; j < out.length; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < all.size(); i++) {
        sum += all.get(i, j);
        squares += all.get(i, j) * all.get(i, j);
      }
      double mean = sum / all.size();
      out[j] = Math.sqrt(squares / all.size() - mean * mean);
    }
    return out;
  }
}
