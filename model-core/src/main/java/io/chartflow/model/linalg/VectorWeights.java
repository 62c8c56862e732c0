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

  /** A multiple of the sums. */
  private static final int IN_CACHE = 1024;

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
    int end = from + Math.max(0, to - DOUBLES - from) / SUMS * SUMS;
    for (int i = from; i < end; i += IN_CACHE) {
      for (int q = 0; q < SUMS; q += DOUBLES) {
        addSquares(gradient, i + q, Math.min(end, i + IN_CACHE) + q, sums, at + q);
      }
    }
    ScalarWeights.addSquares(gradient, end, to, sums, at);
  }

  /**
   * To the sums of one vector; of the floats of another its first half counts. The square of a
   * float is a double as it is, so it may be added in the same operation. A method by itself that
   * is called often: in one process of ten, a longer one made an object of the sum at each call.
   */
  private static void addSquares(float[] gradient, int from, int to, double[] sums, int at) {
    DoubleVector sum = DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, sums, at);
    for (int i = from; i < to; i += SUMS) {
      FloatVector loaded = FloatVector.fromArray(SPECIES, gradient, i);
      DoubleVector g = (DoubleVector) loaded.convert(VectorOperators.F2D, 0);
      sum = g.fma(g, sum);
    }
    sum.intoArray(sums, at);
  }
}
