package io.chartflow.model.linalg;

/**
 * {@code tanh(u) = e/(e + 2)} with {@code e = exp(2u) − 1}, which is taken apart as {@link Exp}
 * does, {@code e = 2ⁿ·(exp(r) − 1) + (2ⁿ − 1)}, so that nothing cancels: 5e-7 relative everywhere.
 * Odd to the bit, 0 at 0, and ±1 from {@value #MOST} on, where a float can tell no difference.
 * Nothing but fused multiply-adds, shifts and one division, so that vectors give the same bits.
 */
final class Tanh {

  static final float MOST = 9.1f;

  private Tanh() {}

  static float of(float value) {
    float u = 2 * Math.min(Math.abs(value), MOST);
    float rounded = Math.fma(u, Exp.LOG2_E, Exp.ROUND);
    float n = rounded - Exp.ROUND;
    float r = Math.fma(n, Exp.MINUS_LOG_2_LOW, Math.fma(n, Exp.MINUS_LOG_2_HIGH, u));
    float m = Math.fma(r, Exp.C6, Exp.C5);
    m = Math.fma(r, m, Exp.C4);
    m = Math.fma(r, m, Exp.C3);
    m = Math.fma(r, m, Exp.C2);
    m = Math.fma(r, m, 1f);
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << Exp.EXPONENT) + Exp.ONE);
    float e = Math.fma(s, r * m, s - 1);
    float t = e / (e + 2);
    return value < 0 ? -t : t;
  }
}
