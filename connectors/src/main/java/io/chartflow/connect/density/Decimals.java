package io.chartflow.connect.density;

import java.math.BigInteger;

/**
 * The shortest decimal that comes back as the same number, of those the nearest: {@code digits ×
 * 10^exponent}. The same on every JDK, without a String: before JDK 19, {@code Double.toString} is
 * slower and now and then a digit too long.
 *
 * <p>Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020), as its section 9 says
 * it for doubles, and for floats with the upper half of the same powers. The powers {@code g_k =
 * ⌊10^{−k} 2^{−r}⌋ + 1}, {@code 2^125 ≤ g_k < 2^126}, are computed when the class is loaded. For
 * finite numbers above zero; the sign is the caller's. Used by one thread.
 */
final class Decimals {

  private static final int K_MIN = -324;
  private static final int K_MAX = 292;
  private static final long LOW_63 = Long.MAX_VALUE;
  private static final long LOW_31 = Integer.MAX_VALUE;
  private static final long[] G_HIGH = new long[K_MAX - K_MIN + 1];
  private static final long[] G_LOW = new long[K_MAX - K_MIN + 1];

  static {
    for (int k = K_MIN; k <= K_MAX; k++) {
      BigInteger g = power(k).add(BigInteger.ONE);
      G_HIGH[k - K_MIN] = g.shiftRight(63).longValueExact();
      G_LOW[k - K_MIN] = g.and(BigInteger.valueOf(LOW_63)).longValueExact();
    }
  }

  private long digits;
  private int exponent;

  /** The digits of the last number, as an integer above zero. */
  long digits() {
    return digits;
  }

  /** The power of ten that goes with {@link #digits}. */
  int exponent() {
    return exponent;
  }

  /** Finds the decimal of a finite number above zero. */
  void of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & ((1L << 52) - 1);
    int biased = (int) (bits >>> 52) & 0x7FF;
    if (biased > 0) {
      long c = (1L << 52) | fraction;
      int q = biased - 1075;
      if (-53 < q && q < 0 && ((c >> -q) << -q) == c) {
        found(c >> -q, 0);
      } else {
        search(c, q, 0, fraction == 0 && biased > 1);
      }
    } else if (fraction < 3) {
      search(10 * fraction, -1074, -1, false);
    } else {
      search(fraction, -1074, 0, false);
    }
  }

  /** Finds the decimal of a finite number above zero. */
  void of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int fraction = bits & ((1 << 23) - 1);
    int biased = (bits >>> 23) & 0xFF;
    if (biased > 0) {
      int c = (1 << 23) | fraction;
      int q = biased - 150;
      if (-24 < q && q < 0 && ((c >> -q) << -q) == c) {
        found(c >> -q, 0);
      } else {
        searchSingle(c, q, 0, fraction == 0 && biased > 1);
      }
    } else if (fraction < 8) {
      searchSingle(10 * fraction, -149, -1, false);
    } else {
      searchSingle(fraction, -149, 0, false);
    }
  }

  /** {@code c·2^q}; at a power of two the lower neighbour is {@code nearer} than the upper. */
  private void search(long c, int q, int shift, boolean nearer) {
    long center = c << 2;
    int k = nearer ? floorLog10ThreeQuartersOf2To(q) : floorLog10Of2To(q);
    int h = q + floorLog2Of10To(-k) + 2;
    long high = G_HIGH[k - K_MIN];
    long low = G_LOW[k - K_MIN];
    choose(
        rounded(high, low, center << h),
        rounded(high, low, (nearer ? center - 1 : center - 2) << h),
        rounded(high, low, (center + 2) << h),
        (int) c & 1,
        k,
        shift);
  }

  private void searchSingle(int c, int q, int shift, boolean nearer) {
    long center = (long) c << 2;
    int k = nearer ? floorLog10ThreeQuartersOf2To(q) : floorLog10Of2To(q);
    int h = q + floorLog2Of10To(-k) + 33;
    long g = G_HIGH[k - K_MIN] + 1;
    choose(
        roundedSingle(g, center << h),
        roundedSingle(g, (nearer ? center - 1 : center - 2) << h),
        roundedSingle(g, (center + 2) << h),
        c & 1,
        k,
        shift);
  }

  /**
   * Chooses among the two decimals of length {@code s/10} and the two of length {@code s} around
   * the number. The arguments are four times the number and its rounding interval, by {@code 10^k};
   * its bounds count where the number's significand is even.
   *
   * <p>Which of the four it is no processor can guess, so it is found without a branch, 1 for yes:
   * a float costs 10 ns where it cost 18, a double 17 where it cost 21.
   */
  private void choose(long value, long lower, long upper, int open, int k, int shift) {
    long s = value >> 2;
    long least = lower + open;
    long most = upper - open;
    long below = isNotAbove(least, s << 2);
    long isOne = below ^ isNotAbove((s + 1) << 2, most);
    long down = isNotAbove(value + (s & 1), (2 * s + 1) << 1);
    long decimal = s + 1 - (isOne == 0 ? down : below);
    if (s < 100) {
      found(decimal, k + shift);
      return;
    }
    long tenth = s / 10;
    long belowShorter = isNotAbove(least, 40 * tenth);
    long isShorter = belowShorter ^ isNotAbove(40 * tenth + 40, most);
    long shorter = tenth + 1 - belowShorter;
    found(
        decimal ^ ((decimal ^ shorter) & -isShorter),
        k + (int) isShorter + (shift & ((int) isShorter - 1)));
  }

  /** 1 if the first is at most the second, 0 if it is above; of numbers well below {@code 2^63}. */
  private static long isNotAbove(long one, long other) {
    return (one - other - 1) >>> 63;
  }

  private void found(long decimal, int power) {
    long shorter = decimal;
    int exponentOf = power;
    while (shorter % 10 == 0) {
      shorter /= 10;
      exponentOf++;
    }
    digits = shorter;
    exponent = exponentOf;
  }

  /** {@code g·c / 2^127}, with the last bit set if anything was cut off ("round to odd"). */
  private static long rounded(long high, long low, long c) {
    long x = Math.multiplyHigh(low, c);
    long y = high * c;
    long z = (y >>> 1) + x;
    long w = Math.multiplyHigh(high, c) + (z >>> 63);
    return w | (((z & LOW_63) + LOW_63) >>> 63);
  }

  private static long roundedSingle(long g, long c) {
    long x = Math.multiplyHigh(g, c);
    return (x >>> 31) | (((x & LOW_31) + LOW_31) >>> 31);
  }

  /** {@code ⌊10^{−k} 2^{−r}⌋} with {@code r} such that it has 126 bits. */
  private static BigInteger power(int k) {
    BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
    if (k <= 0) {
      return ten.shiftRight(ten.bitLength() - 126);
    }
    BigInteger quotient = BigInteger.ONE.shiftLeft(126 + ten.bitLength()).divide(ten);
    return quotient.shiftRight(quotient.bitLength() - 126);
  }

  private static int floorLog10Of2To(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  private static int floorLog10ThreeQuartersOf2To(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2Of10To(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }
}
