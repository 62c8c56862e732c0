package io.chartflow.model.linalg;

/**
 * {@code exp(u) = 2ⁿ·exp(r)}, {@code |r| ≤ ½·log 2}, by Taylor's polynomial of degree 6: 3e-7
 * relative. Nothing but fused multiply-adds and shifts, so that vectors give the same bits.
 */
final class Exp {

  static final float LEAST = -87f;
  static final float MOST = 88f;
  static final float LOG2_E = (float) (1 / Math.log(2));

  /** Added, it rounds to a whole number and leaves that in the last bits. */
  static final float ROUND = 0x1.8p23f;

  /** {@code −log 2} in two parts, the first of few bits. */
  static final float MINUS_LOG_2_HIGH = -0x1.62e4p-1f;

  static final float MINUS_LOG_2_LOW = -0x1.7f7d1cp-20f;

  /** The bits of 1. */
  static final int ONE = 0x3f800000;

  static final int EXPONENT = 23;
  static final float C6 = 1f / 720;
  static final float C5 = 1f / 120;
  static final float C4 = 1f / 24;
  static final float C3 = 1f / 6;
  static final float C2 = 0.5f;

  private Exp() {}

  static float of(float value) {
    float u = Math.min(Math.max(value, LEAST), MOST);
    float rounded = Math.fma(u, LOG2_E, ROUND);
    float n = rounded - ROUND;
    float r = Math.fma(n, MINUS_LOG_2_LOW, Math.fma(n, MINUS_LOG_2_HIGH, u));
    float e = Math.fma(r, C6, C5);
    e = Math.fma(r, e, C4);
    e = Math.fma(r, e, C3);
    e = Math.fma(r, e, C2);
    e = Math.fma(r, e, 1f);
    e = Math.fma(r, e, 1f);
    return e * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << EXPONENT) + ONE);
  }
}
