package io.chartflow.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The true densities against brute force, against known ceilings, and against the integral of 1.
 */
final class TrueDensityTest {

  private static Stream<String> generated() {
    return DataSets.names().stream().filter(name -> !name.equals("flights"));
  }

  /** Those whose density is one of all of space and not of a surface. */
  private static Stream<String> solid() {
    return generated().filter(name -> !name.equals("projected-normal"));
  }

  /** The table of Monte-Carlo ceilings in the literature notes: a standard error of 0.02 each. */
  @ParameterizedTest
  @CsvSource({
    "helix, -0.10",
    "knotted, -2.99",
    "lissajous, -2.22",
    "disjoint-circles, -0.07",
    "twisted-eight, -2.16",
    "interlocked-circles, -2.13",
    "drifting, -2.13",
    "drifting-fast, -2.13"
  })
  void theMeanTrueLogDensityIsTheKnownCeiling(String name, double ceiling) {
    DataSet set = DataSets.named(name);
    TrueDensity truth = set.truth().orElseThrow();
    double[] x = new double[set.dimension()];
    double sum = 0;
    try (EventSource source = set.events(1)) {
      for (int i = 0; i < 10_000; i++) {
        source.next();
        source.copyTo(x);
        sum += truth.logDensity(x, source.index());
      }
    }
    assertThat(sum / 10_000).isCloseTo(ceiling, within(0.05));
    assertThat(set.trueLogLikelihood().orElseThrow()).isCloseTo(ceiling, within(0.04));
  }

  /** One standard error of the mean of 40,000 draws is below 0.007. */
  @ParameterizedTest
  @MethodSource("generated")
  void theStatedMeanIsTheMeanOfDraws(String name) {
    DataSet set = DataSets.named(name);
    TrueDensity truth = set.truth().orElseThrow();
    double[] x = new double[set.dimension()];
    double sum = 0;
    try (EventSource source = set.events(11)) {
      for (int i = 0; i < 40_000; i++) {
        source.next();
        source.copyTo(x);
        sum += truth.logDensity(x, i);
      }
    }
    assertThat(sum / 40_000).isCloseTo(set.trueLogLikelihood().orElseThrow(), within(0.02));
  }

  /** Importance sampling: from the set itself, widened by noise of a known density. */
  @ParameterizedTest
  @MethodSource("solid")
  void theDensityIntegratesToOne(String name) {
    DataSet set = DataSets.named(name);
    TrueDensity truth = set.truth().orElseThrow();
    int dimension = set.dimension();
    int anchors = 400;
    double spread = 0.7;
    double[][] centres = new double[anchors][dimension];
    try (EventSource source = set.events(2)) {
      for (double[] centre : centres) {
        source.next();
        source.copyTo(centre);
      }
    }
    SplittableRandom random = new SplittableRandom(3);
    double[] x = new double[dimension];
    int draws = 60_000;
    double sum = 0;
    for (int i = 0; i < draws; i++) {
      double[] centre = centres[random.nextInt(anchors)];
      for (int j = 0; j < dimension; j++) {
        x[j] = centre[j] + spread * random.nextGaussian();
      }
      sum += Math.exp(truth.logDensity(x, 0) - proposal(x, centres, spread));
    }
    assertThat(sum / draws).isCloseTo(1.0, within(0.05));
  }

  /** Midpoints in height and angle, which are uniform on the sphere. */
  @Test
  void theProjectedNormalIntegratesToOneOverTheSphereAndLivesNowhereElse() {
    TrueDensity truth = DataSets.named("projected-normal").truth().orElseThrow();
    int steps = 400;
    double mass = 0;
    for (int i = 0; i < steps; i++) {
      double height = 2 * (i + 0.5) / steps - 1;
      double across = Math.sqrt(1 - height * height);
      for (int j = 0; j < steps; j++) {
        double angle = 2 * Math.PI * (j + 0.5) / steps;
        double[] x = {across * Math.cos(angle), across * Math.sin(angle), height};
        mass += Math.exp(truth.logDensity(x, 0)) * 4 * Math.PI / steps / steps;
      }
    }
    assertThat(mass).isCloseTo(1, within(1e-4));
    assertThat(truth.logDensity(new double[] {1.01, 0, 0}, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static double proposal(double[] x, double[][] centres, double spread) {
    double sum = 0;
    for (double[] centre : centres) {
      double squared = 0;
      for (int j = 0; j < x.length; j++) {
        squared += (x[j] - centre[j]) * (x[j] - centre[j]);
      }
      sum += Math.exp(-squared / (2 * spread * spread));
    }
    return Math.log(sum / centres.length)
        - 0.5 * x.length * Math.log(2 * Math.PI * spread * spread);
  }

  @Test
  void aTubeIsItsIntegralByBruteForceNearAndFarAndAtOpenEnds() {
    Tube helix = Tubes.helix();
    for (double[] x :
        new double[][] {
          {0, 1, 0},
          {-0.1, 1.02, -0.03},
          {6 * Math.PI, 1, 0},
          {9.4, -1.1, 0.05},
          {5, 0, 0}
        }) {
      assertThat(helix.logDensity(x, 0)).isCloseTo(helixByBruteForce(x), within(1e-6));
    }
    double[] far = {40, 9, 9};
    assertThat(helix.logDensity(far, 0) / helixByBruteForce(far)).isCloseTo(1, within(1e-3));
  }

  /** Midpoint rule of 400,000 nodes. */
  private static double helixByBruteForce(double[] x) {
    int nodes = 400_000;
    double sd = 0.05;
    double[] exponents = new double[nodes];
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < nodes; i++) {
      double theta = 6 * Math.PI * (i + 0.5) / nodes;
      double a = x[0] - theta;
      double b = x[1] - Math.cos(theta);
      double c = x[2] - Math.sin(theta);
      exponents[i] = -(a * a + b * b + c * c) / (2 * sd * sd);
      max = Math.max(max, exponents[i]);
    }
    double sum = 0;
    for (double exponent : exponents) {
      sum += Math.exp(exponent - max);
    }
    return max + Math.log(sum / nodes) - 1.5 * Math.log(2 * Math.PI * sd * sd);
  }

  /** A circle of radius 2 without other pieces has a closed form: a Bessel function, by series. */
  @Test
  void aRingIsItsClosedForm() {
    double radius = 2;
    double sd = 0.5;
    Tube ring =
        new Tube(
            2,
            radius,
            sd,
            Arc.closed(
                (theta, out) -> {
                  out[0] = Math.cos(theta);
                  out[1] = Math.sin(theta);
                }));
    double r = 1.7;
    double half = r * radius / (sd * sd) / 2;
    double bessel = 0;
    double term = 1;
    for (int n = 0; n < 80; n++) {
      bessel += term;
      term *= half * half / ((n + 1.0) * (n + 1.0));
    }
    double expected =
        Math.log(bessel)
            - (r * r + radius * radius) / (2 * sd * sd)
            - Math.log(2 * Math.PI * sd * sd);
    assertThat(ring.logDensity(new double[] {0.6 * r, -0.8 * r}, 0))
        .isCloseTo(expected, within(1e-8));
  }

  @Test
  void theDriftingDensityMovesWithTheShape() {
    DataSet set = DataSets.named("drifting");
    TrueDensity truth = set.truth().orElseThrow();
    double[] x = new double[3];
    double still = 0;
    double moved = 0;
    Generator drift = new Drift(Tubes.interlockedCircles(), 1000, 1.0);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1000; i++) {
      drift.draw(random, 250, x);
      moved += drift.logDensity(x, 250) / 1000;
      still += drift.logDensity(x, 0) / 1000;
    }
    assertThat(moved).isCloseTo(-2.13, within(0.15));
    assertThat(still).isLessThan(-20);
    assertThat(truth.logDensity(new double[] {0, 4, 0}, 0)).isGreaterThan(-4);
  }

  @ParameterizedTest
  @MethodSource("generated")
  void aPointBeyondAllReachHasNoDensityAndIsNoNaN(String name) {
    DataSet set = DataSets.named(name);
    TrueDensity truth = set.truth().orElseThrow();
    double[] x = new double[set.dimension()];
    for (double far : new double[] {1e6, 1e100, 1e200, 1e300}) {
      x[0] = far;
      x[1] = -far;
      assertThat(truth.logDensity(x, 5)).isLessThan(-1e9);
    }
  }
}
