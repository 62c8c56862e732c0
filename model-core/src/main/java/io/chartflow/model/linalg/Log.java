package io.chartflow.model.linalg;

/**
 * {@code log x = n·log 2 + log m}, {@code x = 2ⁿ·m}, {@code m} within {@code [√½, √2)}, so that
 * nothing cancels near 1; with {@code f = m − 1} and {@code s = f/(2 + f)}, {@code log m = f − f²/2
 * + s·(f²/2 + ⅔s² + ⅖s⁴ + 2/7·s⁶ + 2/9·s⁸)}: within one unit in the last place of the exact
 * logarithm for every positive float, the subnormal ones included. −∞ at both zeros, not a number
 * below, ∞ at ∞, 0 at 1. Nothing but fused multiply-adds, shifts and one division, so that vectors
 * give the same bits.
 *
 * <p>Source: the reduction of fdlibm's {@code e_log.c}, in single precision; the series is Taylor's
 * of {@code 2·artanh s}, which leaves 2e-9.
 */
final class Log {

  /** The bits of √½: subtracted, they leave n above the mantissa's bits. */
  static final int ROOT_HALF = 0x3f3504f3;

  static final int MANTISSA = 0x007fffff;

  /** The bits of 1.5·2²³: a small whole number added to them is one added to that float. */
  static final int WHOLE = 0x4b400000;

  static final float WHOLE_ZERO = 0x1.8p23f;

  /** Brings a subnormal number among the normal ones. */
  static final float RAISE = 0x1p23f;

  static final float RAISED = 23f;
  static final float LOG_2_HIGH = -Exp.MINUS_LOG_2_HIGH;
  static final float LOG_2_LOW = -Exp.MINUS_LOG_2_LOW;
  static final float C4 = 2f / 9;
  static final float C3 = 2f / 7;
  static final float C2 = 2f / 5;
  static final float C1 = 2f / 3;

  private Log() {}

  static float of(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    boolean small = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(small ? x * RAISE : x) - ROOT_HALF;
    float n = Float.intBitsToFloat((bits >> Exp.EXPONENT) + WHOLE) - WHOLE_ZERO;
    n = small ? n - RAISED : n;
    float f = Float.intBitsToFloat((bits & MANTISSA) + ROOT_HALF) - 1;
    float s = f / (f + 2);
    float z = s * s;
    float r = Math.fma(z, C4, C3);
    r = Math.fma(z, r, C2);
    r = Math.fma(z, r, C1);
    float half = 0.5f * f * f;
    float t = half - Math.fma(s, Math.fma(z, r, half), n * LOG_2_LOW);
    return Math.fma(n, LOG_2_HIGH, f - t);
  }
}
