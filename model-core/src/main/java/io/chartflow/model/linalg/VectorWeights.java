package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link WeightKernels} by vectors, step by step as {@link ScalarWeights}, which does what is left
 * of one. The compiler does not do it by itself: it cannot know that the arrays are different ones.
 */
final class VectorWeights implements WeightKernels {

  static final VectorWeights INSTANCE = new VectorWeights();

  /** Numbers whose squares are added between two times that the sums lie in memory. */
  private static final int SQUARES = 4 * SUMS;

  private static final int DOUBLES = DoubleVector.SPECIES_PREFERRED.length();

  private VectorWeights() {}

  @Override
  public void adam(Moments moments, float[] theta, float[] gradient, int from, int to) {
    float[] first = moments.first();
    float[] second = moments.second();
    FloatVector scale = FloatVector.broadcast(SPECIES, moments.scale());
    FloatVector size = FloatVector.broadcast(SPECIES, moments.size());
    FloatVector epsilon = FloatVector.broadcast(SPECIES, moments.epsilon());
    FloatVector beta1 = FloatVector.broadcast(SPECIES, Moments.BETA1);
    FloatVector beta2 = FloatVector.broadcast(SPECIES, Moments.BETA2);
    FloatVector rest1 = FloatVector.broadcast(SPECIES, 1 - Moments.BETA1);
    FloatVector rest2 = FloatVector.broadcast(SPECIES, 1 - Moments.BETA2);
    FloatVector none = FloatVector.zero(SPECIES);
    FloatVector leastGradient = FloatVector.broadcast(SPECIES, LEAST_GRADIENT);
    FloatVector leastMoment = FloatVector.broadcast(SPECIES, LEAST_MOMENT);
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i).mul(scale);
      g = g.blend(none, g.abs().compare(VectorOperators.LT, leastGradient));
      FloatVector m = beta1.fma(FloatVector.fromArray(SPECIES, first, i), rest1.mul(g));
      m = m.blend(none, m.abs().compare(VectorOperators.LT, leastMoment));
      FloatVector v = beta2.fma(FloatVector.fromArray(SPECIES, second, i), rest2.mul(g).mul(g));
      v = v.blend(none, v.compare(VectorOperators.LT, leastMoment));
      FloatVector by = size.mul(m).div(v.lanewise(VectorOperators.SQRT).add(epsilon));
      m.intoArray(first, i);
      v.intoArray(second, i);
      FloatVector.fromArray(SPECIES, theta, i).sub(by).intoArray(theta, i);
    }
    ScalarWeights.INSTANCE.adam(moments, theta, gradient, i, to);
  }

  @Override
  public void average(float[] averaged, float keep, float[] theta, int from, int to) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector kept = FloatVector.fromArray(SPECIES, averaged, i).mul(keep);
      FloatVector taken = FloatVector.fromArray(SPECIES, theta, i).mul(1 - keep);
      kept.add(taken).intoArray(averaged, i);
    }
    ScalarWeights.INSTANCE.average(averaged, keep, theta, i, to);
  }

  @Override
  public void add(float[] sum, float[] added, int from, int to) {
    VectorRows.add(added, from, sum, from, to - from);
  }

  @Override
  public void squares(float[] gradient, int from, int to, double[] sums, int at) {
    Arrays.fill(sums, at, at + SUMS, 0.0);
    int i = from;
    for (; i + SQUARES + DOUBLES <= to; i += SQUARES) {
      for (int q = 0; q < SUMS; q += DOUBLES) {
        addSquares(gradient, i + q, sums, at + q);
      }
    }
    ScalarWeights.addSquares(gradient, i, to, sums, at);
  }

  /**
   * To the sums of one vector; of the floats of another its first half counts. The square of a
   * float is a double as it is, so it may be added in the same operation. No sum is kept over a
   * loop: the compiler would have to learn its class from a profile, and there are too few vectors
   * of doubles for one. Where it had none, in one process of ten, each sum became an object.
   */
  private static void addSquares(float[] gradient, int from, double[] sums, int at) {
    FloatVector f0 = FloatVector.fromArray(SPECIES, gradient, from);
    FloatVector f1 = FloatVector.fromArray(SPECIES, gradient, from + SUMS);
    FloatVector f2 = FloatVector.fromArray(SPECIES, gradient, from + 2 * SUMS);
    FloatVector f3 = FloatVector.fromArray(SPECIES, gradient, from + 3 * SUMS);
    DoubleVector g0 = (DoubleVector) f0.convert(VectorOperators.F2D, 0);
    DoubleVector g1 = (DoubleVector) f1.convert(VectorOperators.F2D, 0);
    DoubleVector g2 = (DoubleVector) f2.convert(VectorOperators.F2D, 0);
    DoubleVector g3 = (DoubleVector) f3.convert(VectorOperators.F2D, 0);
    DoubleVector sum = DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, sums, at);
    g3.fma(g3, g2.fma(g2, g1.fma(g1, g0.fma(g0, sum)))).intoArray(sums, at);
  }
}
