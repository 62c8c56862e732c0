package io.chartflow.connect.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DequantizerTest {

  private static final SchemaConfig SCHEMA =
      SchemaConfig.of(
          List.of(FieldConfig.measured("a", 5), FieldConfig.of("b"), FieldConfig.measured("c", 5)));

  @Test
  void theNoiseIsUniformAroundZero() {
    int events = 200_000;
    int[] bins = new int[10];
    double sum = 0;
    Dequantizer dequantizer = new Dequantizer();
    for (int i = 0; i < events; i++) {
      double noise = Dequantizer.noise(dequantizer.place("events", i % 4, i / 4), 0);
      sum += noise;
      bins[(int) ((noise + 0.5) * bins.length)]++;
    }

    assertThat(sum / events).isCloseTo(0, within(0.003));
    for (int bin : bins) {
      assertThat(bin).isBetween(19_400, 20_600);
    }
  }

  @Test
  void aMeasuredFieldStaysWithinHalfAStepAndAContinuousOneIsLeftAlone() {
    double[] values = decode("events", 0, 7);

    assertThat(values[0]).isBetween(97.5, 102.5).isNotEqualTo(100);
    assertThat(values[1]).isEqualTo(100);
    assertThat(values[2]).isBetween(97.5, 102.5).isNotEqualTo(values[0]);
  }

  @Test
  void thePlaceDecidesAndNothingElse() {
    Set<Double> seen = new HashSet<>();
    for (int partition = 0; partition < 10; partition++) {
      for (int offset = 0; offset < 100; offset++) {
        assertThat(decode("events", partition, offset))
            .isEqualTo(decode("events", partition, offset));
        seen.add(decode("events", partition, offset)[0]);
        seen.add(decode("others", partition, offset)[0]);
      }
    }
    assertThat(seen).hasSize(2000);
  }

  @Test
  void theNoiseIsTheSameForEver() {
    // Computed by an independent script. Densities are told to be computable again: these bits may
    // never change.
    assertThat(Dequantizer.noise(new Dequantizer().place("events", 2, 10433), 0)).isEqualTo(GOLDEN);
  }

  private static final double GOLDEN = -0.3336878662643765;

  private static double[] decode(String topic, int partition, long offset) {
    byte[] json = "{\"a\":100,\"b\":100,\"c\":100}".getBytes(UTF_8);
    RawEvent raw = new RawEvent(topic, partition, offset, 0, null, json);
    return Outcome.event(new EventDecoder(SCHEMA).decode(raw)).values();
  }
}
