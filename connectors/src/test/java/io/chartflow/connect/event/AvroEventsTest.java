package io.chartflow.connect.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.connect.avro.AvroWriter;
import io.chartflow.connect.config.AvroConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import io.chartflow.model.config.MarginalKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroEventsTest {

  private static final String READING =
      """
      {"type":"record","name":"Reading","fields":[
        {"name":"sensor","type":"string","default":"s7"},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"t","type":"double"},
        {"name":"sensors","type":["null",{"type":"record","name":"Sensors","fields":[
          {"name":"p","type":["null","float","string"]},
          {"name":"n","type":"int"}]}]}]}
      """;

  private static final SchemaConfig SCHEMA =
      new SchemaConfig(
              List.of(
                  FieldConfig.of("t"),
                  new FieldConfig(
                      "p", "sensors.p", 0, -10, 10, MarginalKind.NONE, MissingPolicy.IMPUTE),
                  new FieldConfig("n", "sensors.n", 0, 0, 100)),
              "at",
              TimeFormat.MILLIS,
              1000)
          .withAvro(new AvroConfig(READING, null));

  private final AvroWriter writer =
      AvroSchema.parse(READING).writer(List.of("t", "sensors.p", "sensors.n", "at"));
  private final EventDecoder decoder = new EventDecoder(SCHEMA);

  @Test
  void theFieldsOfTheSchemaMakeTheVectorInItsOrder() {
    Event event =
        Outcome.event(decoder.decode(raw(writer.write(new double[] {0.1, 2.5, 7, 1234}))));

    assertThat(event.values()).containsExactly(0.1, 2.5, 7);
    assertThat(event.eventTime()).isEqualTo(1234);
  }

  @Test
  void nullIsMissingWhereItMayBe() {
    byte[] gap = writer.write(new double[] {0.1, Double.NaN, 7, 1234});

    assertThat(Outcome.event(decoder.decode(raw(gap))).values())
        .containsExactly(0.1, Double.NaN, 7);
    assertThat(bad(AvroSchema.parse(READING).writer(List.of("t", "at")).write(new double[] {1, 2})))
        .isEqualTo("MISSING_FIELD events-2@10433: field \"n\" is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NaN, 1, 7, 5  | NOT_FINITE events-2@10433: field \"t\" is NaN, expected a finite number",
        "1, 11, 7, 5   | OUT_OF_RANGE events-2@10433: field \"p\" is 11.0, expected between -10.0 and 10.0",
        "1, 1, 101, 5  | OUT_OF_RANGE events-2@10433: field \"n\" is 101.0, expected between 0.0 and 100.0",
        "1, 1, 7, -5   | OUT_OF_RANGE events-2@10433: time field \"at\" is -5 ms since the epoch,"
            + " expected between 0 and 253402300799999",
      })
  void aBadFieldIsToldWithItsReasonAndPlace(String values, String told) {
    double[] numbers = Arrays.stream(values.split(", ", -1)).mapToDouble(Double::valueOf).toArray();

    assertThat(bad(writer.write(numbers))).isEqualTo(told);
  }

  @Test
  void textWhereANumberIsExpectedIsOfAWrongType() {
    byte[] event = {2, 's', 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 2, 'x', 6};

    assertThat(bad(event))
        .isEqualTo("WRONG_TYPE events-2@10433: field \"p\" is a string, expected a number");
  }

  @Test
  void bytesThatAreNoRecordAreMalformed() {
    byte[] good = writer.write(new double[] {0.1, 2.5, 7, 1234});

    assertThat(bad(new byte[0]))
        .isEqualTo("EMPTY events-2@10433: expected an Avro record Reading, got an empty value");
    assertThat(bad(Arrays.copyOf(good, good.length - 1)))
        .isEqualTo(
            "MALFORMED events-2@10433: expected an Avro record Reading: got the end after 19 bytes");
    assertThat(bad(Arrays.copyOf(good, good.length + 3)))
        .isEqualTo(
            "MALFORMED events-2@10433: expected an Avro record Reading: got 3 more bytes after byte"
                + " 20");
  }

  @Test
  void theHeaderOfARegistryIsDemandedWhereAnIdIsConfigured() {
    EventDecoder behind = new EventDecoder(SCHEMA.withAvro(new AvroConfig(READING, 258)));
    byte[] good = writer.write(new double[] {0.1, 2.5, 7, 1234});

    assertThat(Outcome.event(behind.decode(raw(headed(0, 258, good)))).values())
        .containsExactly(0.1, 2.5, 7);
    assertThat(Outcome.deadLetter(behind.decode(raw(headed(0, 257, good)))).message())
        .isEqualTo(
            "events-2@10433: expected an Avro record Reading behind the header of 258: got the"
                + " schema id 257");
    assertThat(Outcome.deadLetter(behind.decode(raw(headed(1, 258, good)))).message())
        .endsWith("got 1 for the header's first byte, which is to be 0");
    assertThat(Outcome.deadLetter(behind.decode(raw(new byte[4]))).message())
        .endsWith("got 4 bytes");
  }

  @Test
  void timeMayBeText() {
    String json =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"at\",\"type\":\"string\"},"
            + "{\"name\":\"x\",\"type\":\"long\"}]}";
    SchemaConfig schema =
        new SchemaConfig(List.of(FieldConfig.of("x")), "at", TimeFormat.ISO, 1000)
            .withAvro(new AvroConfig(json, null));
    ByteBuffer event = ByteBuffer.allocate(22);
    event
        .put((byte) 40)
        .put("2026-01-01T00:00:00Z".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    Event decoded =
        Outcome.event(new EventDecoder(schema).decode(raw(event.put((byte) 6).array())));

    assertThat(decoded.eventTime()).isEqualTo(1_767_225_600_000L);
    assertThat(decoded.values()).containsExactly(3);
  }

  @Test
  void noDamageToAGoodEventMakesTheDecoderThrow() {
    Random random = new Random(20260131);
    int events = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = writer.write(new double[] {random.nextGaussian(), 1, 7, 1_000_000});
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Decoded decoded =
          decoder.decode(
              raw(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(40)) : bytes));
      if (decoded.event() != null) {
        events++;
        assertThat(Arrays.stream(decoded.event().values()).anyMatch(Double::isInfinite)).isFalse();
      } else {
        assertThat(Outcome.deadLetter(decoded).message())
            .startsWith("events-2@10433: ")
            .hasSizeLessThan(400);
      }
    }
    assertThat(events).isGreaterThan(1_000);
  }

  @Test
  void aWriterRefusesWhatItsSchemaCannotHold() {
    assertThatThrownBy(() -> writer.write(new double[] {1, 1, 0.5, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected an Avro type that holds 0.5, got \"int\"");
    assertThatThrownBy(() -> AvroSchema.parse(READING).writer(List.of("t")).write(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Avro record Reading needs more than the events have: ")
        .hasMessageContaining("at");
  }

  private String bad(byte[] value) {
    DeadLetter letter = Outcome.deadLetter(decoder.decode(raw(value)));
    return letter.reason() + " " + letter.message();
  }

  private static byte[] headed(int magic, int id, byte[] record) {
    return ByteBuffer.allocate(5 + record.length).put((byte) magic).putInt(id).put(record).array();
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent("events", 2, 10433, 1700, null, value);
  }
}
