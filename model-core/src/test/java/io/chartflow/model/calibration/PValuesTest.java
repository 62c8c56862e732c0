package io.chartflow.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.random.Normal;
import io.chartflow.model.random.SplitMix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PValuesTest {

  private static final int MANY = 1 << 20;

  private enum Stream {
    GAUSSIAN,
    HEAVY_TAILED,
    DISCRETE,
    CONSTANT;

    float[] draw(int count, SplitMix random) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) quantile((random.nextInt(1 << 30) + 0.5) / (1 << 30));
      }
      return values;
    }

    private double quantile(double u) {
      return switch (this) {
        case GAUSSIAN -> Normal.quantile(u);
        case HEAVY_TAILED -> Math.tan(Math.PI * (u - 0.5));
        case DISCRETE -> Math.floor(-3 * Math.log(u));
        case CONSTANT -> 7.25;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMillionSurprisalsAreCountedToHalfAPercentAndTheLastHundredsExactly(Stream stream) {
    float[] values = stream.draw(MANY, new SplitMix(11));
    PValues pValues = calibrated(MANY, values);
    Arrays.sort(values);

    assertThat(pValues.n()).isEqualTo(MANY);
    for (int tail = 1; tail <= MANY / 2; tail *= 2) {
      float threshold = values[MANY - tail];
      long count = atLeast(values, threshold);
      double exact = (1.0 + count) / (MANY + 1.0);
      double error = pValues.pValue(threshold) / exact - 1;
      assertThat(error)
          .as("%s, one of the last %d", stream, count)
          .isCloseTo(0, offset(count <= 512 ? 0 : 0.005));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLargerSurprisalNeverHasALargerPValue(Stream stream) {
    PValues pValues = calibrated(1 << 16, stream.draw(50_000, new SplitMix(12)));
    float[] queries = stream.draw(10_000, new SplitMix(13));
    Arrays.sort(queries);
    double before = 1;
    for (float query : queries) {
      double p = pValues.pValue(query);
      assertThat(p).isBetween(1.0 / 50_001, before);
      before = p;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverASketchLostItsBytesAreReadAgain(Stream stream) {
    float[] values = stream.draw(150_000, new SplitMix(40));
    for (int count = 5_000; count <= values.length; count += 5_000) {
      PValues pValues = calibrated(1 << 16, Arrays.copyOf(values, count));
      assertThat(PValues.of(pValues.bytes())).as("after %d", count).isEqualTo(pValues);
    }
  }

  @Test
  void anItemThatCountsNoEventsChangesNoPValue() {
    PValues with = PValues.of(new float[] {1, 2, 3, 4}, new long[] {1, 1, 3, 3});

    assertThat(with).isEqualTo(PValues.of(new float[] {1, 3}, new long[] {1, 3}));
    assertThat(with.pValue(1.5)).isEqualTo(3 / 4.0);
    assertThat(with.pValue(2.5)).isEqualTo(3 / 4.0);
    assertThat(with.pValue(3.5)).isEqualTo(1 / 4.0);
  }

  @Test
  void tiesCountAsAtLeastAsSurprising() {
    PValues pValues = calibrated(256, new float[] {1, 2, 2, 3});

    assertThat(pValues.pValue(0.5)).isEqualTo(1);
    assertThat(pValues.pValue(1)).isEqualTo(1);
    assertThat(pValues.pValue(2)).isEqualTo(4 / 5.0);
    assertThat(pValues.pValue(2.5)).isEqualTo(2 / 5.0);
    assertThat(pValues.pValue(3)).isEqualTo(2 / 5.0);
    assertThat(pValues.pValue(3.5)).isEqualTo(1 / 5.0);
  }

  @Test
  void bothZerosAreOneSurprisal() {
    PValues pValues = calibrated(256, new float[] {-1, -0f, 0f, 1});

    assertThat(pValues.pValue(0.0)).isEqualTo(4 / 5.0);
    assertThat(pValues.pValue(-0.0)).isEqualTo(4 / 5.0);
    assertThat(pValues.pValue(Float.MIN_VALUE)).isEqualTo(2 / 5.0);
    assertThat(pValues.pValue(-Float.MIN_VALUE)).isEqualTo(4 / 5.0);
  }

  @Test
  void infiniteSurprisalsHaveTheirPlace() {
    PValues finite = calibrated(256, new float[] {-3e38f, 0, 3e38f});
    PValues infinite =
        calibrated(256, new float[] {Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY});

    assertThat(finite.pValue(Double.POSITIVE_INFINITY)).isEqualTo(1 / 4.0);
    assertThat(finite.pValue(1e300)).isEqualTo(1 / 4.0);
    assertThat(finite.pValue(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    assertThat(infinite.pValue(Double.POSITIVE_INFINITY)).isEqualTo(2 / 4.0);
    assertThat(infinite.pValue(1)).isEqualTo(2 / 4.0);
    assertThat(infinite.pValue(-1)).isEqualTo(3 / 4.0);
    assertThat(PValues.of(infinite.bytes())).isEqualTo(infinite);
  }

  @Test
  void aSurprisalThatIsNoNumberIsRefused() {
    PValues pValues = calibrated(256, new float[] {1});

    assertThatThrownBy(() -> pValues.pValue(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a surprisal in nats, got NaN");
  }

  @Test
  void withoutEventsThereIsNoPValue() {
    assertThat(new Calibrator(256).freeze()).isSameAs(PValues.EMPTY);
    assertThat(PValues.of(Bytes.EMPTY).isEmpty()).isTrue();
    assertThat(PValues.EMPTY.n()).isZero();
    assertThatThrownBy(() -> PValues.EMPTY.pValue(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no event was calibrated on");
  }

  @Test
  void theBytesGiveTheSamePValuesAndOtherBytesAreRefused() {
    float[] values = Stream.GAUSSIAN.draw(1 << 19, new SplitMix(14));
    PValues pValues = calibrated(1 << 19, values);
    PValues decoded = PValues.of(pValues.bytes());

    assertThat(pValues.bytes().size()).isLessThan(48 << 10);
    assertThat(decoded).isEqualTo(pValues).hasSameHashCodeAs(pValues);
    for (int i = 0; i < 1000; i++) {
      assertThat(decoded.pValue(values[i])).isEqualTo(pValues.pValue(values[i]));
    }
    assertThatThrownBy(() -> PValues.of(Bytes.copyOf(new byte[] {1, 2, 3})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected p-values, got 3 bytes that are none: not a multiple of 8");
  }

  @Test
  void bytesWhoseItemsCannotBeAreRefused() {
    assertThatThrownBy(() -> PValues.of(items(2, 1, 1, 1)))
        .hasMessage("expected p-values, got 16 bytes that are none: item 1 is out of order");
    assertThatThrownBy(() -> PValues.of(items(Float.NaN, 1)))
        .hasMessage("expected p-values, got 8 bytes that are none: item 0 is out of order");
    assertThatThrownBy(() -> PValues.of(items(2, 1, Float.NaN, 1)))
        .hasMessage("expected p-values, got 16 bytes that are none: item 1 is out of order");
    assertThatThrownBy(() -> PValues.of(items(2, 0)))
        .hasMessage("expected p-values, got 8 bytes that are none: item 0 counts 0 events");
  }

  private static Bytes items(float... pairs) {
    ByteBuffer out = ByteBuffer.allocate(pairs.length * 4);
    for (int i = 0; i < pairs.length; i += 2) {
      out.putFloat(pairs[i]).putInt((int) pairs[i + 1]);
    }
    return Bytes.copyOf(out.array());
  }

  @ParameterizedTest
  @EnumSource(names = {"GAUSSIAN", "HEAVY_TAILED"})
  void pValuesOfFreshEventsAreUniform(Stream stream) {
    SplitMix random = new SplitMix(15);
    PValues pValues = calibrated(1 << 19, stream.draw(1 << 19, random));
    double[] p = new double[100_000];
    float[] fresh = stream.draw(p.length, random);
    for (int i = 0; i < p.length; i++) {
      p[i] = pValues.pValue(fresh[i]);
    }
    Arrays.sort(p);
    double distance = 0;
    for (int i = 0; i < p.length; i++) {
      distance = Math.max(distance, Math.abs(p[i] - (i + 1.0) / p.length));
      distance = Math.max(distance, Math.abs(p[i] - (double) i / p.length));
    }

    assertThat(distance).as("Kolmogorov-Smirnov").isLessThanOrEqualTo(0.01);
    assertThat(Arrays.stream(p).filter(x -> x <= 0.001).count()).isBetween(60L, 140L);
  }

  private static PValues calibrated(int window, float[] surprisals) {
    Calibrator calibrator = new Calibrator(window);
    for (float surprisal : surprisals) {
      calibrator.add(surprisal);
    }
    return calibrator.freeze();
  }

  private static long atLeast(float[] sorted, float threshold) {
    int index = sorted.length;
    while (index > 0 && sorted[index - 1] >= threshold) {
      index--;
    }
    return sorted.length - index;
  }
}
