package io.chartflow.connect.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventDecoderFuzzTest {

  private static final long SEED = 20260131;

  private static final SchemaConfig SCHEMA =
      new SchemaConfig(
          List.of(FieldConfig.of("a"), new FieldConfig("b", "n.b", 0.5, -10, 10)),
          "t",
          TimeFormat.SECONDS,
          1000);

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"a\"",
          "\"b\"",
          "\"n\"",
          "\"t\"",
          "1",
          "-2.5",
          "1e999",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "\"\\u00",
          "\\",
          "\u0000",
          "é",
          "\"\"",
          " ");

  private final EventDecoder decoder = new EventDecoder(SCHEMA);

  @Test
  void noBytesMakeTheDecoderThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      check(bytes);
    }
  }

  @Test
  void noHeapOfJsonPiecesMakesTheDecoderThrow() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{");
      int pieces = random.nextInt(20);
      IntStream.range(0, pieces)
          .forEach(piece -> text.append(PIECES.get(random.nextInt(PIECES.size()))));
      check(text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void noDamageToAGoodEventMakesTheDecoderThrow() {
    byte[] good = "{\"a\":1.25,\"x\":[{\"é\":\"\\n\"}],\"n\":{\"b\":3},\"t\":17}".getBytes(UTF_8);
    assertThat(decoder.decode(new RawEvent("e", 0, 0, 0, null, good)).event()).isNotNull();
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      check(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(80)) : bytes);
    }
  }

  private void check(byte[] bytes) {
    Decoded decoded = decoder.decode(new RawEvent("e", 0, 5, 1, null, bytes));
    Event event = decoded.event();
    if (event != null) {
      assertThat(event.values()).hasSize(2);
      assertThat(Arrays.stream(event.values()).allMatch(Double::isFinite)).isTrue();
      assertThat(event.eventTime()).isNotNegative();
    } else {
      assertThat(Outcome.deadLetter(decoded).message()).startsWith("e-0@5: ").hasSizeLessThan(400);
    }
  }
}
