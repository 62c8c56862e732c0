package io.chartflow.model.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.random.SplitMix;
import java.util.function.ToDoubleFunction;

/** Central differences in double precision, and how hand gradients are held against them. */
public final class Differences {

  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-3;

  private Differences() {}

  /** The gradient of {@code f} at {@code x}. */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      gradient[i] = derivative(f, x, i);
    }
    return gradient;
  }

  private static double derivative(ToDoubleFunction<double[]> f, double[] x, int i) {
    double[] moved = x.clone();
    double step = STEP * Math.max(1, Math.abs(x[i]));
    moved[i] = x[i] + step;
    double up = f.applyAsDouble(moved);
    moved[i] = x[i] - step;
    return (up - f.applyAsDouble(moved)) / (2 * step);
  }

  /** {@code log|det J|} of {@code y = f(x)}, by elimination with pivots. */
  public static double logAbsDetJacobian(java.util.function.UnaryOperator<double[]> f, double[] x) {
    return logAbsDet(jacobian(f, x, x.length));
  }

  /** {@code ½ log det(J·Jᵀ)}, J the gradients of the first {@code outputs} outputs of f. */
  public static double logVolume(
      java.util.function.UnaryOperator<double[]> f, double[] x, int outputs) {
    double[][] j = jacobian(f, x, outputs);
    double[][] gram = new double[outputs][outputs];
    for (int a = 0; a < outputs; a++) {
      for (int b = 0; b < outputs; b++) {
        for (int i = 0; i < x.length; i++) {
          gram[a][b] += j[a][i] * j[b][i];
        }
      }
    }
    return logAbsDet(gram) / 2;
  }

  /** Gradients of the first {@code outputs} outputs of f, one a row. */
  public static double[][] jacobian(
      java.util.function.UnaryOperator<double[]> f, double[] x, int outputs) {
    double[][] jacobian = new double[outputs][];
    for (int row = 0; row < outputs; row++) {
      int output = row;
      jacobian[row] = gradient(at -> f.apply(at)[output], x);
    }
    return jacobian;
  }

  private static double logAbsDet(double[][] jacobian) {
    int n = jacobian.length;
    double log = 0;
    for (int column = 0; column < n; column++) {
      swapPivot(jacobian, column);
      log += Math.log(Math.abs(jacobian[column][column]));
      for (int row = column + 1; row < n; row++) {
        double factor = jacobian[row][column] / jacobian[column][column];
        for (int j = column; j < n; j++) {
          jacobian[row][j] -= factor * jacobian[column][j];
        }
      }
    }
    return log;
  }

  private static void swapPivot(double[][] m, int column) {
    int best = column;
    for (int row = column + 1; row < m.length; row++) {
      best = Math.abs(m[row][column]) > Math.abs(m[best][column]) ? row : best;
    }
    double[] held = m[best];
    m[best] = m[column];
    m[column] = held;
  }

  /** As {@link #assertSameGradient}, at {@code count} seeded entries of many. */
  public static void assertSameSampledGradient(
      String what, float[] byHand, ToDoubleFunction<double[]> f, double[] x, int count, long seed) {
    assertThat(byHand.length).as(what).isEqualTo(x.length);
    SplitMix random = new SplitMix(seed);
    double[] numeric = new double[count];
    float[] sampled = new float[count];
    for (int n = 0; n < count; n++) {
      int i = random.nextInt(x.length);
      numeric[n] = derivative(f, x, i);
      sampled[n] = byHand[i];
    }
    assertSameGradient(what, sampled, numeric, seed);
  }

  /** The whole vector within 1e-3 of its norm, and a seeded sample of single entries. */
  public static void assertSameGradient(String what, float[] byHand, double[] numeric, long seed) {
    assertThat(byHand.length).as(what).isEqualTo(numeric.length);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < numeric.length; i++) {
      difference += Math.pow(byHand[i] - numeric[i], 2);
      norm += numeric[i] * numeric[i];
    }
    assertThat(Math.sqrt(difference))
        .as("%s: ‖by hand − numeric‖ against ‖numeric‖ = %s", what, Math.sqrt(norm))
        .isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm) + 1e-9);
    double typical = Math.sqrt(norm / Math.max(1, numeric.length));
    SplitMix random = new SplitMix(seed);
    for (int n = 0; n < 64 && numeric.length > 0; n++) {
      int i = random.nextInt(numeric.length);
      assertThat((double) byHand[i])
          .as("%s: entry %d (seed %d)", what, i, seed)
          .isCloseTo(
              numeric[i],
              org.assertj.core.data.Offset.offset(
                  TOLERANCE * (Math.abs(numeric[i]) + typical) + 1e-8));
    }
  }
}
