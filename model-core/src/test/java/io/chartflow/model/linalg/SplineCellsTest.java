package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleQuadratic;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of the splines' kernels: their errors, their ends, extremes, and the same bits of both. */
class SplineCellsTest {

  private static final int BLOCKS = 5;
  private static final int FEATURES = 2;
  private static final double B = 4;

  static Stream<Kernels> kernels() {
    return Stream.of(AllKernels.scalar(), AllKernels.vector());
  }

  @ParameterizedTest
  @CsvSource({"2,0.3", "3,1", "8,1", "8,5", "8,200", "17,2", "64,1", "256,1"})
  void vectorsGiveTheBitsOfTheirTwins(int bins, double size) {
    SplineCells one = cells(bins, size, 1.5, 51);
    SplineCells other = cells(bins, size, 1.5, 51);
    Kernels scalar = AllKernels.scalar();
    Kernels vector = AllKernels.vector();
    one.prepare(scalar);
    other.prepare(vector);
    one.forward(scalar);
    other.forward(vector);
    assertThat(other.results()).isEqualTo(one.results());
    assertThat(other.logSlopes()).isEqualTo(one.logSlopes());
    draw(one.byResults(), 1, 52);
    draw(other.byResults(), 1, 52);
    draw(one.byLogSlopes(), 1, 53);
    draw(other.byLogSlopes(), 1, 53);
    one.backward(scalar);
    other.backward(vector);
    assertThat(other.byResults()).isEqualTo(one.byResults());
    assertThat(other.parameters()).isEqualTo(one.parameters());

    one = cells(bins, size, 1.5, 54);
    other = cells(bins, size, 1.5, 54);
    one.prepare(scalar);
    other.prepare(vector);
    one.inverse(scalar);
    other.inverse(vector);
    assertThat(other.results()).isEqualTo(one.results());
  }

  /** As of a spline whose knots lie a millionth of B away. */
  @ParameterizedTest
  @MethodSource("kernels")
  void valuesAndLogSlopesAreThoseOfDoublesToTheStatedErrors(Kernels kernels) {
    DoubleQuadratic twin = new DoubleQuadratic(8, B);
    double moved = 1e-6 * B;
    double worst = 0;
    double worstLog = 0;
    for (double size : new double[] {0, 0.3, 1, 3}) {
      for (int seed = 0; seed < 30; seed++) {
        SplineCells s = cells(8, size, 0.5 * B, seed);
        float[] raw = s.parameters().clone();
        s.prepare(kernels);
        s.forward(kernels);
        for (int m = 0; m < s.size(); m++) {
          double[] p = of(raw, s, m);
          double x = s.values()[m];
          double[] log = new double[1];
          double y = twin.forward(p, 0, x, log);
          double step = Math.abs(twin.forward(p, 0, x + moved, new double[] {0}) - y);
          step = Math.max(step, Math.abs(twin.forward(p, 0, x - moved, new double[] {0}) - y));
          worst = Math.max(worst, Math.abs(s.results()[m] - y) / (moved + step));
          double[] up = new double[1];
          double[] down = new double[1];
          twin.forward(p, 0, x + moved, up);
          twin.forward(p, 0, x - moved, down);
          double turn = Math.max(Math.abs(up[0] - log[0]), Math.abs(down[0] - log[0]));
          double narrow = narrowest(twin.knots(p, 0), x);
          double low = narrowest(twin.knots(p, 8), y);
          double allowed = 3e-6 + turn + moved / narrow + moved / low;
          worstLog = Math.max(worstLog, Math.abs(s.logSlopes()[m] - log[0]) / allowed);
        }
      }
    }
    assertThat(worst).isLessThan(1);
    assertThat(worstLog).isLessThan(1);
  }

  /** Size of the bin. */
  private static double narrowest(double[] knots, double value) {
    int b = 0;
    while (b < knots.length - 2 && value >= knots[b + 1]) {
      b++;
    }
    return knots[b + 1] - knots[b];
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void forwardUndoesTheInverseWhereverAFloatCanTell(Kernels kernels) {
    for (double size : new double[] {0, 1, 3, 20, 200}) {
      double worst = 0;
      for (int seed = 0; seed < 20; seed++) {
        SplineCells s = cells(8, size, 0.5 * B, seed);
        float[] y = s.values().clone();
        s.prepare(kernels);
        s.inverse(kernels);
        System.arraycopy(s.results(), 0, s.values(), 0, s.size());
        s.forward(kernels);
        for (int m = 0; m < s.size(); m++) {
          double slope = Math.max(1, Math.exp(s.logSlopes()[m]));
          worst = Math.max(worst, Math.abs(s.results()[m] - y[m]) / slope);
        }
      }
      assertThat(worst).isLessThan(3e-7 * B);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void extremeParametersStayMonotoneAndFinite(Kernels kernels) {
    for (int trial = 0; trial < 200; trial++) {
      SplineCells s = new SplineCells(8, B, 25);
      s.reserve(50, 1);
      SplitMix random = new SplitMix(100 + trial);
      float[] one = new float[25];
      for (int i = 0; i < one.length; i++) {
        one[i] = (float) (trial * random.nextGaussian());
      }
      for (int m = 0; m < s.size(); m++) {
        for (int i = 0; i < one.length; i++) {
          s.parameters()[(m / 16 * 25 + i) * 16 + m % 16] = one[i];
        }
        s.values()[m] = (float) (-B + 2 * B * m / (s.size() - 1));
      }
      s.prepare(kernels);
      s.forward(kernels);
      for (int m = 0; m < s.size(); m++) {
        assertThat(s.logSlopes()[m]).isFinite();
        if (m > 0) {
          assertThat(s.results()[m]).isGreaterThan(s.results()[m - 1] - (float) (2e-7 * B));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void beyondTheBoundAValuePassesAndAtTheBoundNothingJumps(Kernels kernels) {
    float[] values = {
      4, -4, 4.001f, -4.001f, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    SplineCells s = cells(6, 3, 1, 9);
    for (int m = 0; m < s.size(); m++) {
      s.values()[m] = values[m % values.length];
    }
    s.prepare(kernels);
    s.forward(kernels);
    assertThat(Arrays.copyOf(s.results(), s.size())).isEqualTo(Arrays.copyOf(s.values(), s.size()));
    for (int m = 0; m < s.size(); m++) {
      assertThat(s.logSlopes()[m]).isBetween(-3e-7f, 3e-7f);
    }
    s.inverse(kernels);
    assertThat(Arrays.copyOf(s.results(), s.size())).isEqualTo(Arrays.copyOf(s.values(), s.size()));
  }

  private static SplineCells cells(int bins, double size, double width, long seed) {
    SplineCells s = new SplineCells(bins, B, 3 * bins + 1);
    s.reserve(BLOCKS, FEATURES);
    draw(s.parameters(), size, seed);
    draw(s.values(), width, seed + 1000);
    return s;
  }

  private static void draw(float[] to, double size, long seed) {
    SplitMix random = new SplitMix(seed);
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) (size * random.nextGaussian());
    }
  }

  private static double[] of(float[] parameters, SplineCells s, int m) {
    double[] one = new double[3 * s.bins - 1];
    for (int i = 0; i < one.length; i++) {
      one[i] = parameters[s.parametersOf(m / 16) + i * 16 + m % 16];
    }
    return one;
  }
}
