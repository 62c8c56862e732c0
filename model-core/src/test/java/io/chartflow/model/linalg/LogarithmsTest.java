package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.random.SplitMix;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Logarithm, softplus and logistic function against doubles, and vectors against their twins. */
class LogarithmsTest {

  /** Steps of bits that meet every exponent some thousands of times. */
  private static final int STEP = 1009;

  private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  @Test
  void aLogarithmIsWithinOneUnitInTheLastPlaceForEveryPositiveFloat() {
    double worst = 0;
    for (long bits = 1; bits < INFINITE; bits += STEP) {
      float x = Float.intBitsToFloat((int) bits);
      worst = Math.max(worst, ulps(Log.of(x), StrictMath.log(x)));
    }
    int one = Float.floatToRawIntBits(1f);
    for (int bits = one - 200_000; bits < one + 200_000; bits++) {
      float x = Float.intBitsToFloat(bits);
      worst = Math.max(worst, ulps(Log.of(x), StrictMath.log(x)));
    }
    assertThat(worst).isLessThan(1);
  }

  @Test
  void aLogarithmAtTheEndsIsThatOfTheLimit() {
    assertThat(Log.of(1f)).isZero();
    assertThat(Log.of(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Log.of(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Log.of(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Log.of(-Float.MIN_VALUE)).isNaN();
    assertThat(Log.of(Float.NEGATIVE_INFINITY)).isNaN();
    assertThat(Log.of(Float.NaN)).isNaN();
  }

  @Test
  void softplusAndItsSlopeHaveTheirRelativeErrorsWhereverAnExponentialHas() {
    DoubleUnaryOperator softplus =
        u -> StrictMath.max(u, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(u)));
    DoubleUnaryOperator logistic =
        u -> u < 0 ? StrictMath.exp(u) / (1 + StrictMath.exp(u)) : 1 / (1 + StrictMath.exp(-u));
    double worst = 0;
    double worstSlope = 0;
    for (long bits = 0; bits < INFINITE; bits += STEP) {
      float size = Float.intBitsToFloat((int) bits);
      worst = Math.max(worst, relative(Softplus.of(size), softplus.applyAsDouble(size)));
      worstSlope =
          Math.max(worstSlope, relative(Softplus.slope(size), logistic.applyAsDouble(size)));
      if (size < 87) {
        worst = Math.max(worst, relative(Softplus.of(-size), softplus.applyAsDouble(-size)));
        float slope = Softplus.slope(-size);
        worstSlope = Math.max(worstSlope, relative(slope, logistic.applyAsDouble(-size)));
      }
    }
    assertThat(worst).isLessThan(5e-7);
    assertThat(worstSlope).isLessThan(4e-7);
  }

  @Test
  void softplusAndItsSlopeStayFiniteAndPositiveBelow() {
    for (float u : new float[] {-88, -1000, -1e30f, Float.NEGATIVE_INFINITY}) {
      assertThat(Softplus.of(u)).isPositive().isEqualTo(Softplus.of(-87f)).isLessThan(2e-38f);
      assertThat(Softplus.slope(u)).isPositive().isEqualTo(Softplus.slope(-87f));
    }
    assertThat(Softplus.of(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Softplus.slope(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Softplus.of(Float.NaN)).isNaN();
    assertThat(Softplus.slope(Float.NaN)).isNaN();
  }

  @Test
  void vectorsGiveTheBitsOfTheirTwins() {
    Kernels[] all = {AllKernels.scalar(), AllKernels.vector()};
    float[] odd = {
      0f,
      -0f,
      1f,
      -1f,
      Float.NaN,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    SplitMix random = new SplitMix(41);
    for (int n = 0; n < 70; n++) {
      for (int stride : new int[] {n, n + 3}) {
        float[] values = new float[1 + 3 * stride];
        for (int i = 0; i < values.length; i++) {
          int bits = (int) (random.nextDouble() * 0x1p32) + Integer.MIN_VALUE;
          float any = Float.intBitsToFloat(bits);
          float usual = (float) (20 * random.nextGaussian());
          values[i] =
              random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : n % 2 == 0 ? any : usual;
        }
        float[][][] got = new float[2][3][];
        for (int k = 0; k < 2; k++) {
          for (int function = 0; function < 3; function++) {
            float[] data = values.clone();
            Matrix m = new Matrix(data, 1, 3, n, stride);
            switch (function) {
              case 0 -> all[k].logInPlace(m);
              case 1 -> all[k].softplusInPlace(m);
              default -> all[k].logisticInPlace(m);
            }
            got[k][function] = data;
          }
        }
        for (int function = 0; function < 3; function++) {
          assertThat(got[1][function]).as("%d columns", n).isEqualTo(got[0][function]);
        }
      }
    }
  }

  private static double ulps(float got, double exact) {
    return Math.abs(got - exact) / Math.ulp((float) exact);
  }

  private static double relative(float got, double exact) {
    return Math.abs(got - exact) / exact;
  }
}
