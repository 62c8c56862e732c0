package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.BaseKind;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaseTest {

  @Test
  void theGaussianIsTheStandardNormal() {
    Matrix z = Matrix.of(new float[] {0, 0, 1, -2}, 0, 2, 2);
    Base base = Base.of(BaseKind.GAUSSIAN, 2);

    assertThat(base.logDensity(z, 0)).isCloseTo(-Math.log(2 * Math.PI), offset(1e-12));
    assertThat(base.logDensity(z, 1)).isCloseTo(-2.5 - Math.log(2 * Math.PI), offset(1e-12));
  }

  @Test
  void theVolumesOfTheBallAreKnown() {
    assertThat(Math.exp(BallBase.logVolume(1))).isCloseTo(2, offset(1e-12));
    assertThat(Math.exp(BallBase.logVolume(2))).isCloseTo(Math.PI, offset(1e-12));
    assertThat(Math.exp(BallBase.logVolume(3))).isCloseTo(4 * Math.PI / 3, offset(1e-12));
    assertThat(Math.exp(BallBase.logVolume(4))).isCloseTo(Math.pow(Math.PI, 2) / 2, offset(1e-12));
    assertThat(BallBase.logVolume(4096)).isFinite();
  }

  /** The density is radial: {@code ∫ q = d·vol(B^d)·∫ r^{d−1} q(r) dr}, with r = tan θ. */
  @ParameterizedTest
  @CsvSource({"GAUSSIAN,1", "GAUSSIAN,3", "BALL,1", "BALL,2", "BALL,3", "BALL,7"})
  void integratesToOne(BaseKind kind, int dimension) {
    Base base = Base.of(kind, dimension);
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double theta = (i + 0.5) / steps * Math.PI / 2;
      double r = Math.tan(theta);
      Matrix z = Matrix.zeros(1, dimension);
      z.set(0, dimension - 1, (float) r);
      double logShell = (dimension - 1) * Math.log(r) - 2 * Math.log(Math.cos(theta));
      sum += Math.exp(base.logDensity(z, 0) + logShell) * Math.PI / 2 / steps;
    }
    double sphere = dimension * Math.exp(BallBase.logVolume(dimension));

    assertThat(sphere * sum).isCloseTo(1, offset(1e-4));
  }

  @ParameterizedTest
  @EnumSource(BaseKind.class)
  void theGradientIsThatOfCentralDifferences(BaseKind kind) {
    Base base = Base.of(kind, 3);
    Matrix z = SomeCharts.gaussian(5, 3, new SplitMix(41));
    Matrix dz = Matrix.zeros(5, 3);
    for (int i = 0; i < 5; i++) {
      base.gradient(z, i, 0.7f, dz);
      for (int j = 0; j < 3; j++) {
        Matrix up = SomeCharts.copy(z);
        Matrix down = SomeCharts.copy(z);
        up.set(i, j, z.get(i, j) + 1e-2f);
        down.set(i, j, z.get(i, j) - 1e-2f);
        double width = (double) up.get(i, j) - down.get(i, j);
        double numeric = -0.7 * (base.logDensity(up, i) - base.logDensity(down, i)) / width;
        assertThat((double) dz.get(i, j)).isCloseTo(numeric, offset(2e-4));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5"})
  void drawsShownInTheBallAreUniform(int dimension) {
    Base base = Base.of(BaseKind.BALL, dimension);
    SplitMix random = new SplitMix(42);
    int n = 20_000;
    Matrix z = Matrix.zeros(n, dimension);
    double[] u = new double[dimension];
    double[] mean = new double[dimension];
    int[] shells = new int[4];
    for (int i = 0; i < n; i++) {
      base.draw(random, z, i);
      shown(base, z, i, u);
      for (int j = 0; j < dimension; j++) {
        mean[j] += u[j] / n;
      }
      shells[(int) (4 * Math.min(volumeWithin(u), 1 - 1e-9))]++;
    }
    for (int count : shells) {
      assertThat((double) count / n).isCloseTo(0.25, offset(0.015));
    }
    for (double value : mean) {
      assertThat(value).isCloseTo(0, offset(0.02));
    }
  }

  @ParameterizedTest
  @EnumSource(BaseKind.class)
  void evenPointsOfTheCubeAreSpreadAsTheDensity(BaseKind kind) {
    Base base = Base.of(kind, 1);
    int n = base.coordinates();
    Matrix z = Matrix.zeros(2, 1);
    double[] p = new double[n];
    java.util.Arrays.fill(p, 0.25);
    base.quantile(p, z, 0);
    java.util.Arrays.fill(p, 0.75);
    base.quantile(p, z, 1);
    double[] low = {z.get(0, 0)};
    double[] high = {z.get(1, 0)};
    base.show(low);
    base.show(high);

    assertThat(low[0]).isCloseTo(kind == BaseKind.BALL ? -0.25 : -0.67449, offset(1e-5));
    assertThat(high[0]).isCloseTo(kind == BaseKind.BALL ? 0.75 : 0.67449, offset(1e-5));
  }

  @ParameterizedTest
  @EnumSource(BaseKind.class)
  void everythingStaysFiniteFarOutAndAtTheEdgesOfTheCube(BaseKind kind) {
    Base base = Base.of(kind, 2);
    Matrix z = Matrix.of(new float[] {1e15f, -1e15f}, 0, 1, 2);
    Matrix dz = Matrix.zeros(1, 2);
    assertThat(base.logDensity(z, 0)).isFinite();
    base.gradient(z, 0, 1, dz);
    assertThat(dz.get(0, 0)).isFinite();
    double[] edge = new double[base.coordinates()];
    java.util.Arrays.fill(edge, 1 - 1e-12);
    base.quantile(edge, z, 0);
    assertThat(z.get(0, 0)).isFinite();
  }

  private static void shown(Base base, Matrix z, int i, double[] u) {
    for (int j = 0; j < u.length; j++) {
      u[j] = z.get(i, j);
    }
    base.show(u);
  }

  /** Share of the ball's volume that is nearer to the centre than u. */
  private static double volumeWithin(double[] u) {
    double squares = 0;
    for (double value : u) {
      squares += value * value;
    }
    return Math.pow(squares, u.length / 2.0);
  }
}
