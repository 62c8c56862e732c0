package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Logarithms and what is made of them, over the rows of a matrix. An exponential is written out
 * where it is needed: a vector that a method returns may become an object.
 */
final class VectorLogs {

  private VectorLogs() {}

  /** {@code x = log(x)} for every element, step by step as {@link Log}. */
  static void log(float[] x, int offset, int rows, int cols, int stride) {
    int n = stride == cols ? rows * cols : cols;
    int step = stride == cols ? n : stride;
    for (int at = offset; at < offset + rows * stride; at += step) {
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector normal =
            v.blend(v.mul(Log.RAISE), v.compare(VectorOperators.LT, Float.MIN_NORMAL));
        IntVector bits = normal.viewAsIntegralLanes().sub(Log.ROOT_HALF);
        FloatVector whole =
            bits.lanewise(VectorOperators.ASHR, Exp.EXPONENT).add(Log.WHOLE).viewAsFloatingLanes();
        FloatVector k = whole.sub(Log.WHOLE_ZERO);
        k = k.blend(k.sub(Log.RAISED), v.compare(VectorOperators.LT, Float.MIN_NORMAL));
        FloatVector f = bits.and(Log.MANTISSA).add(Log.ROOT_HALF).viewAsFloatingLanes().sub(1f);
        FloatVector s = f.div(f.add(2f));
        FloatVector z = s.mul(s);
        FloatVector r =
            z.fma(FloatVector.broadcast(SPECIES, Log.C4), FloatVector.broadcast(SPECIES, Log.C3));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Log.C2));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Log.C1));
        FloatVector half = f.mul(0.5f).mul(f);
        FloatVector t = half.sub(s.fma(z.fma(r, half), k.mul(Log.LOG_2_LOW)));
        FloatVector log = k.fma(FloatVector.broadcast(SPECIES, Log.LOG_2_HIGH), f.sub(t));
        log = log.blend(v, v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
        log = log.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
        log = log.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
        log.blend(v, v.compare(VectorOperators.NE, v)).intoArray(x, at + i);
      }
      for (; i < n; i++) {
        x[at + i] = Log.of(x[at + i]);
      }
    }
  }

  /** {@code x = log(1 + exp(x))} for every element, step by step as {@link Softplus}. */
  static void softplus(float[] x, int offset, int rows, int cols, int stride) {
    int n = stride == cols ? rows * cols : cols;
    int step = stride == cols ? n : stride;
    for (int at = offset; at < offset + rows * stride; at += step) {
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector u = v.lanewise(VectorOperators.ABS).neg().max(Exp.LEAST).min(Exp.MOST);
        FloatVector round = FloatVector.broadcast(SPECIES, Exp.ROUND);
        FloatVector rounded = FloatVector.broadcast(SPECIES, Exp.LOG2_E).fma(u, round);
        FloatVector whole = rounded.sub(round);
        FloatVector q = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_HIGH), u);
        q = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_LOW), q);
        FloatVector e =
            q.fma(FloatVector.broadcast(SPECIES, Exp.C6), FloatVector.broadcast(SPECIES, Exp.C5));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C4));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C3));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C2));
        e = q.fma(e, FloatVector.broadcast(SPECIES, 1f));
        e = q.fma(e, FloatVector.broadcast(SPECIES, 1f));
        IntVector bits = rounded.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, Exp.EXPONENT);
        e = e.mul(bits.add(Exp.ONE).viewAsFloatingLanes());
        FloatVector s = e.div(e.add(2f));
        FloatVector z = s.mul(s);
        FloatVector r =
            z.fma(
                FloatVector.broadcast(SPECIES, Softplus.C7),
                FloatVector.broadcast(SPECIES, Softplus.C6));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Softplus.C5));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Softplus.C4));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Softplus.C3));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Softplus.C2));
        r = z.fma(r, FloatVector.broadcast(SPECIES, Softplus.C1));
        r = z.fma(r, FloatVector.broadcast(SPECIES, 1f));
        FloatVector most =
            FloatVector.broadcast(SPECIES, 0f).blend(v, v.compare(VectorOperators.GT, 0f));
        s.add(s).fma(r, most).intoArray(x, at + i);
      }
      for (; i < n; i++) {
        x[at + i] = Softplus.of(x[at + i]);
      }
    }
  }

  /** {@code x = 1/(1 + exp(−x))} for every element, step by step as {@link Softplus}. */
  static void logistic(float[] x, int offset, int rows, int cols, int stride) {
    int n = stride == cols ? rows * cols : cols;
    int step = stride == cols ? n : stride;
    for (int at = offset; at < offset + rows * stride; at += step) {
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector u = v.lanewise(VectorOperators.ABS).neg().max(Exp.LEAST).min(Exp.MOST);
        FloatVector round = FloatVector.broadcast(SPECIES, Exp.ROUND);
        FloatVector rounded = FloatVector.broadcast(SPECIES, Exp.LOG2_E).fma(u, round);
        FloatVector whole = rounded.sub(round);
        FloatVector q = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_HIGH), u);
        q = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_LOW), q);
        FloatVector e =
            q.fma(FloatVector.broadcast(SPECIES, Exp.C6), FloatVector.broadcast(SPECIES, Exp.C5));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C4));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C3));
        e = q.fma(e, FloatVector.broadcast(SPECIES, Exp.C2));
        e = q.fma(e, FloatVector.broadcast(SPECIES, 1f));
        e = q.fma(e, FloatVector.broadcast(SPECIES, 1f));
        IntVector bits = rounded.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, Exp.EXPONENT);
        e = e.mul(bits.add(Exp.ONE).viewAsFloatingLanes());
        FloatVector above =
            FloatVector.broadcast(SPECIES, 1f).blend(e, v.compare(VectorOperators.LT, 0f));
        above.div(e.add(1f)).intoArray(x, at + i);
      }
      for (; i < n; i++) {
        x[at + i] = Softplus.slope(x[at + i]);
      }
    }
  }
}
