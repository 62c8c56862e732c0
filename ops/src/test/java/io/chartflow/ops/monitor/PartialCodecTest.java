package io.chartflow.ops.monitor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialCodecTest {

  @Test
  void aPartialComesBackAsItWas() {
    WindowPartial partial = toldPartial(5_000);

    WindowPartial back = PartialCodec.decode(PartialCodec.encode(partial));

    assertThat(PartialCodec.encode(back)).isEqualTo(PartialCodec.encode(partial));
    assertThat(statistics(back)).isEqualTo(statistics(partial));
  }

  @Test
  void anEmptyPartialComesBackToo() {
    WindowPartial back = PartialCodec.decode(PartialCodec.encode(new WindowPartial()));

    assertThat(back.events()).isZero();
    assertThat(statistics(back).logDensity()).isNull();
  }

  @Test
  void mergedPartialsAreAsOneOfBothWhileTheSketchIsExact() {
    WindowPartial one = new WindowPartial();
    WindowPartial left = new WindowPartial();
    WindowPartial right = new WindowPartial();
    for (int i = 0; i < 300; i++) {
      Densities density = told(Densities.at(i).logDensity(-i).pValue(i / 300.0), i);
      one.add(density.build(), i);
      (i % 3 == 0 ? left : right).add(density.build(), i);
    }
    left.merge(right);

    assertThat(statistics(left)).isEqualTo(statistics(one));
  }

  @Test
  void bytesOfVersionOneLoadForEver() throws IOException {
    assertThat(statistics(PartialCodec.decode(bytes("partial-v1.hex"))))
        .isEqualTo(statistics(partial(20)));
  }

  @Test
  void bytesOfVersionTwoLoadForEver() throws IOException {
    StatisticsRecord read = statistics(PartialCodec.decode(bytes("partial-v2.hex")));

    assertThat(read).isEqualTo(statistics(toldPartial(20)));
    assertThat(read.anomalies()).isEqualTo(2);
    assertThat(read.guarded()).isEqualTo(4);
    assertThat(read.incomplete()).isEqualTo(2);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = PartialCodecTest.class.getResourceAsStream(resource)) {
      String hex = new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  @Test
  void anUnknownVersionAndForeignBytesAreRefused() {
    byte[] bytes = PartialCodec.encode(new WindowPartial());
    bytes[4] = 9;
    assertThatThrownBy(() -> PartialCodec.decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window partial: this build reads versions 1 and 2, got 9");
    bytes[0] = 0;
    assertThatThrownBy(() -> PartialCodec.decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected magic 0x43465031, got 0x00465031");
  }

  @Test
  void bytesThatEndTooEarlyAreRefused() {
    byte[] bytes = PartialCodec.encode(partial(20));
    for (int length = 0; length < 40; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> PartialCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  static WindowPartial partial(int events) {
    return partial(events, false);
  }

  /** The same, of records that tell of alarms. */
  private static WindowPartial toldPartial(int events) {
    return partial(events, true);
  }

  /** Every seventh an anomaly, every fourth guarded, every tenth imputed. */
  private static Densities told(Densities density, int i) {
    Densities judged = density.anomaly(i % 7 == 0).guarded(i % 4 == 0);
    return i % 10 == 3 ? judged.imputed("x") : judged;
  }

  private static WindowPartial partial(int events, boolean told) {
    Random random = new Random(5);
    WindowPartial partial = new WindowPartial();
    for (int i = 0; i < events; i++) {
      Densities density =
          Densities.at(i)
              .status(DensityStatus.values()[i % 3])
              .logDensity(random.nextGaussian())
              .pValue(random.nextDouble())
              .posterior(new ChartProbability(i % 5, 0.75f), new ChartProbability(7, 0.25f))
              .version(1 + i / 10, 100L * i, 50L * i);
      Densities all = told ? told(density, i) : density;
      partial.add((i % 4 == 0 ? all.inSample() : all).build(), i);
    }
    return partial;
  }

  private static StatisticsRecord statistics(WindowPartial partial) {
    return Statistics.of(partial, 0, 10_000, true, null);
  }
}
