package io.chartflow.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chartflow.model.engine.EventBatch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GaussianKdeTest {

  private static EventBatch draws(int count, long seed, double spread) {
    Random random = new Random(seed);
    EventBatch batch = new EventBatch(count, 3);
    for (int i = 0; i < count; i++) {
      batch.add(
          new double[] {
            spread * random.nextGaussian(), 10 * random.nextGaussian(), random.nextGaussian()
          },
          0);
    }
    return batch;
  }

  /** The sum as the formula says it, every term. */
  private static double direct(EventBatch data, double[] scale, double h, double[] x, int left) {
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    double[] terms = new double[data.size()];
    for (int i = 0; i < data.size(); i++) {
      double term = 0;
      for (int j = 0; j < 3; j++) {
        double sd = h * scale[j];
        double z = (x[j] - data.get(i, j)) / sd;
        term -= 0.5 * z * z + Math.log(sd) + 0.5 * Math.log(2 * Math.PI);
      }
      terms[i] = i == left ? Double.NEGATIVE_INFINITY : term;
      largest = Math.max(largest, terms[i]);
    }
    for (double term : terms) {
      sum += Math.exp(term - largest);
    }
    return largest + Math.log(sum / (left < 0 ? data.size() : data.size() - 1));
  }

  @Test
  void theWindowedSumIsTheDirectFormula() {
    EventBatch data = draws(300, 1, 1);
    double[] scale = {1, 10, 0.5};
    double[][] queries = {{0, 0, 0}, {2, -15, 1}, {50, 100, -30}, {-1e4, 0, 0}};
    for (double h : new double[] {0.01, 0.3, 4}) {
      GaussianKde kde = GaussianKde.scaled(data, scale, h);
      for (double[] x : queries) {
        double expected = direct(data, scale, h, x, -1);
        assertThat(kde.logDensity(x, 0)).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
      }
    }
  }

  @Test
  void leavingOneOutIsTheDirectFormula() {
    EventBatch data = draws(120, 2, 1);
    double[] ones = {1, 1, 1};
    double expected = 0;
    for (int i = 0; i < data.size(); i++) {
      double[] x = {data.get(i, 0), data.get(i, 1), data.get(i, 2)};
      expected += direct(data, ones, 0.7, x, i) / data.size();
    }
    assertThat(GaussianKde.isotropic(data, 0.7).leaveOneOut())
        .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }

  @Test
  void theChosenBandwidthBeatsItsNeighbours() {
    GaussianKde kde = GaussianKde.isotropic(draws(400, 3, 5), 1);
    GaussianKde chosen = Bandwidth.byLeaveOneOut(kde, 0.01, 20);
    double best = chosen.leaveOneOut();
    assertThat(best).isGreaterThan(kde.withBandwidth(1.3 * chosen.bandwidth()).leaveOneOut());
    assertThat(best).isGreaterThan(kde.withBandwidth(chosen.bandwidth() / 1.3).leaveOneOut());
  }
}
