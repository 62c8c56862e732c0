package io.chartflow.connect.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.model.config.MarginalKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackedEventsTest {

  private static final SchemaConfig SCHEMA =
      SchemaConfig.of(
          List.of(
              FieldConfig.of("a"),
              new FieldConfig(
                  "b", "any.path", 0, -10, 10, MarginalKind.NONE, MissingPolicy.IMPUTE)));

  private final EventDecoder floats = decoder(EventFormat.PACKED_FLOATS);
  private final EventDecoder doubles = decoder(EventFormat.PACKED_DOUBLES);

  @Test
  void theNumbersAreTheVectorAndKafkasTimestampItsTime() {
    Event event = Outcome.event(floats.decode(raw(floats(1.5f, -0.1f))));

    assertThat(event.values()).containsExactly(1.5, -0.1f);
    assertThat(event.eventTime()).isEqualTo(1700);
    assertThat(event.offset()).isEqualTo(10433);
    assertThat(Outcome.event(doubles.decode(raw(doubles(1.5, -0.1)))).values())
        .containsExactly(1.5, -0.1);
  }

  @Test
  void theLowestByteComesFirst() {
    byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};

    assertThat(Outcome.event(floats.decode(raw(bytes))).values()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource({"0, an empty value", "7, 7 bytes", "9, 9 bytes", "16, 16 bytes"})
  void anotherLengthIsADeadLetter(int length, String got) {
    DeadLetter letter = Outcome.deadLetter(floats.decode(raw(new byte[length])));

    assertThat(letter.reason())
        .isEqualTo(length == 0 ? RejectReason.EMPTY : RejectReason.MALFORMED);
    assertThat(letter.message())
        .startsWith("events-2@10433: expected 8 bytes, 2 little-endian float32 numbers")
        .endsWith("got " + got);
  }

  @Test
  void aNumberThatIsNoneIsMissingWhereItMayBe() {
    assertThat(Outcome.event(floats.decode(raw(floats(1, Float.NaN)))).values())
        .containsExactly(1, Double.NaN);

    DeadLetter letter = Outcome.deadLetter(floats.decode(raw(floats(Float.NaN, 1))));
    assertThat(letter.reason()).isEqualTo(RejectReason.NOT_FINITE);
    assertThat(letter.message())
        .isEqualTo("events-2@10433: field \"a\" is NaN, expected a finite number");
  }

  @Test
  void infinitiesAndNumbersOutOfBoundsAreDeadLetters() {
    DeadLetter infinite =
        Outcome.deadLetter(floats.decode(raw(floats(1, Float.NEGATIVE_INFINITY))));
    DeadLetter outside = Outcome.deadLetter(doubles.decode(raw(doubles(1, 10.5))));

    assertThat(infinite.reason()).isEqualTo(RejectReason.NOT_FINITE);
    assertThat(infinite.message()).contains("field \"b\" is -Infinity");
    assertThat(outside.reason()).isEqualTo(RejectReason.OUT_OF_RANGE);
    assertThat(outside.message()).endsWith("field \"b\" is 10.5, expected between -10.0 and 10.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"PACKED_FLOATS", "PACKED_DOUBLES"})
  void noBytesMakeTheDecoderThrow(EventFormat format) {
    EventDecoder decoder = decoder(format);
    Random random = new Random(20260131);
    int events = 0;
    for (int i = 0; i < 20_000; i++) {
      int whole = 2 * format.width();
      byte[] bytes = new byte[random.nextInt(8) == 0 ? random.nextInt(20) : whole];
      random.nextBytes(bytes);
      Event event = decoder.decode(raw(bytes)).event();
      if (event != null) {
        events++;
        assertThat(bytes).hasSize(whole);
        assertThat(event.values()[0]).isFinite();
        assertThat(Arrays.stream(event.values()).anyMatch(Double::isInfinite)).isFalse();
      }
    }
    assertThat(events).isGreaterThan(100);
  }

  private static EventDecoder decoder(EventFormat format) {
    return new EventDecoder(SCHEMA.withFormat(format));
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static byte[] doubles(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    return bytes.array();
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent("events", 2, 10433, 1700, null, value);
  }
}
