package io.chartflow.model.marginal;

import io.chartflow.model.random.SplitMix;
import java.util.Arrays;

/** What features of streams are like. */
enum Feature {
  NORMAL,
  UNIFORM,
  EXPONENTIAL,
  CAUCHY,
  LOG_NORMAL,
  TEN_VALUES,
  TWO_VALUES,
  CONSTANT,
  NEARLY_CONSTANT,
  LARGE,
  TINY,
  MOSTLY_ZERO,
  RARELY_ONE,
  TWO_CLUSTERS,
  ONE_OUTLIER;

  double[] draw(int count, long seed) {
    SplitMix random = new SplitMix(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = draw(i, random.nextDouble(), random.nextGaussian());
    }
    return values;
  }

  double[] sorted(int count, long seed) {
    double[] values = draw(count, seed);
    Arrays.sort(values);
    return values;
  }

  private double draw(int i, double u, double z) {
    return switch (this) {
      case NORMAL -> 3 + 2 * z;
      case UNIFORM -> u;
      case EXPONENTIAL -> -Math.log1p(-u);
      case CAUCHY -> Math.tan(Math.PI * (u - 0.5));
      case LOG_NORMAL -> Math.exp(3 * z);
      case TEN_VALUES -> Math.floor(10 * u);
      case TWO_VALUES -> u < 0.3 ? -5 : 7;
      case CONSTANT -> 42;
      case NEARLY_CONSTANT -> 1e6 + (u < 0.5 ? 0 : 1e-9);
      case LARGE -> 1e9 * (5 + z);
      case TINY -> 1e-12 * z;
      case MOSTLY_ZERO -> u < 0.9 ? 0 : Math.exp(z);
      case RARELY_ONE -> u < 0.998 ? 0 : 1;
      case TWO_CLUSTERS -> u < 0.98 ? 0.01 * z : 1e4 + z;
      case ONE_OUTLIER -> i == 77 ? 1e100 : z;
    };
  }
}
