package io.chartflow.connect.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import io.chartflow.model.config.MarginalKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

  private static final SchemaConfig SCHEMA =
      SchemaConfig.of(
          List.of(
              FieldConfig.of("temperature"),
              new FieldConfig("pressure", "sensors.pressure", 0, 0, 2000)));

  private static final EventDecoder LENIENT =
      new EventDecoder(
          SchemaConfig.of(
              List.of(
                  FieldConfig.of("a"),
                  new FieldConfig(
                      "b", "b", 0.5, -1e100, 1e100, MarginalKind.NONE, MissingPolicy.IMPUTE),
                  lacking("c", MissingPolicy.MARGINALISE),
                  lacking("d", MissingPolicy.MARGINALISE))));

  private final EventDecoder decoder = new EventDecoder(SCHEMA);

  @Test
  void theFieldsOfTheSchemaMakeTheVectorInItsOrder() {
    Event event = good("{\"sensors\":{\"pressure\":1013,\"x\":[1]},\"temperature\":-2.5e1}");

    assertThat(event.values()).containsExactly(-25.0, 1013.0);
    assertThat(event.topic()).isEqualTo("events");
    assertThat(event.partition()).isEqualTo(2);
    assertThat(event.offset()).isEqualTo(10433);
    assertThat(event.eventTime()).isEqualTo(1700);
    assertThat(event.key()).isEqualTo("key".getBytes(UTF_8));
  }

  @Test
  void fieldsThatNobodyAskedForAreIgnoredWhateverTheyHold() {
    good(
        "{\"a\":null,\"b\":NaN,\"c\":[{\"temperature\":\"x\"}],\"c\":1,\"pressure\":\"x\","
            + "\"temperature\":1,\"sensors\":{\"pressure\":2,\"deep\":{\"pressure\":true}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NaN                | NOT_FINITE    | is NaN, expected a finite number",
        "-Infinity          | NOT_FINITE    | is -Infinity, expected a finite number",
        "1e999              | NOT_FINITE    | is 1e999, expected a finite number",
        "1e300              | OUT_OF_RANGE  | is 1.0E300, expected between -1.0E100 and 1.0E100",
        "null               | MISSING_FIELD | is null",
        "\"21\"             | WRONG_TYPE    | is a string \"21\", expected a number",
        "true               | WRONG_TYPE    | is a boolean \"true\", expected a number",
        "{\"a\":1}          | WRONG_TYPE    | is an object, expected a number",
        "[1]                | WRONG_TYPE    | is an array, expected a number",
      })
  void aBadFieldIsToldWithItsReasonAndPlace(String json, RejectReason reason, String message) {
    DeadLetter letter = bad("{\"temperature\":" + json + ",\"sensors\":{\"pressure\":1}}");

    assertThat(letter.reason()).isEqualTo(reason);
    assertThat(letter.message()).isEqualTo("events-2@10433: field \"temperature\" " + message);
  }

  @Test
  void aFieldThatIsAbsentIsMissing() {
    assertThat(bad("{\"temperature\":1}").message())
        .isEqualTo("events-2@10433: field \"pressure\" is missing");
    assertThat(bad("{\"temperature\":1,\"sensors\":7}").reason())
        .isEqualTo(RejectReason.MISSING_FIELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"c\":3,\"d\":4}",
        "{\"a\":1,\"b\":null,\"c\":3,\"d\":4}",
      })
  void aFieldThatMayBeMissingIsNotANumberInTheVector(String json) {
    Event event = Outcome.event(LENIENT.decode(raw(json.getBytes(UTF_8))));

    assertThat(event.values()).containsExactly(1, Double.NaN, 3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\":1,\"c\":1,\"d\":1}         | MISSING_FIELD | field \"a\" is missing",
        "{\"a\":1,\"b\":\"x\"}             | WRONG_TYPE    | field \"b\" is a string \"x\"",
        "{\"a\":1,\"b\":1,\"c\":NaN}       | NOT_FINITE    | field \"c\" is NaN",
        "{\"a\":1,\"b\":1,\"c\":1e300}     | OUT_OF_RANGE  | field \"c\" is 1.0E300",
      })
  void onlyWhatIsMissingMayBeMissing(String json, RejectReason reason, String message) {
    DeadLetter letter = Outcome.deadLetter(LENIENT.decode(raw(json.getBytes(UTF_8))));

    assertThat(letter.reason()).isEqualTo(reason);
    assertThat(letter.message()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "MARGINALISE, MARGINALISE, false",
    "IMPUTE, IMPUTE, true",
    "IMPUTE, MARGINALISE, false"
  })
  void anEventOfWhichNothingIsLeftToScoreIsADeadLetter(
      MissingPolicy first, MissingPolicy second, boolean secondAloneIsEnough) {
    EventDecoder lenient =
        new EventDecoder(
            SchemaConfig.of(
                List.of(lacking("a", first), lacking("b", second), lacking("c", second))));

    DeadLetter letter = Outcome.deadLetter(lenient.decode(raw("{}".getBytes(UTF_8))));
    Decoded onlyLast = lenient.decode(raw("{\"c\":1}".getBytes(UTF_8)));

    assertThat(letter.reason()).isEqualTo(RejectReason.MISSING_FIELD);
    assertThat(letter.message())
        .isEqualTo(
            "events-2@10433: every field that could be scored is missing or null,"
                + " expected at least one");
    assertThat(onlyLast.event() != null).isEqualTo(secondAloneIsEnough);
    assertThat(lenient.decode(raw("{\"a\":1}".getBytes(UTF_8))).event()).isNotNull();
  }

  private static FieldConfig lacking(String name, MissingPolicy policy) {
    return new FieldConfig(name, name, 0, -1e100, 1e100, MarginalKind.NONE, policy);
  }

  @Test
  void boundsOfAFieldAreKept() {
    assertThat(bad("{\"temperature\":1,\"sensors\":{\"pressure\":-0.5}}").message())
        .isEqualTo("events-2@10433: field \"pressure\" is -0.5, expected between 0.0 and 2000.0");
  }

  @Test
  void aFieldMayDeclareWiderBoundsThanTheUsualOnes() {
    SchemaConfig wide = SchemaConfig.of(List.of(new FieldConfig("x", "x", 0, -1e308, 1e308)));

    assertThat(new EventDecoder(wide).decode(raw("{\"x\":1e300}".getBytes(UTF_8))).event())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{",
        "{\"temperature\":1",
        "nonsense",
        "[1,2]",
        "\"text\"",
        "7",
        "`   `",
        "{} {}",
        "{\"temperature\":1,\"sensors\":{\"pressure\":2}}x",
        "{\"temperature\":01,\"sensors\":{\"pressure\":2}}",
        "{'temperature':1}",
      })
  void whatIsNotOneObjectIsMalformed(String text) {
    DeadLetter letter = bad(text);

    assertThat(letter.reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(letter.message()).startsWith("events-2@10433: expected one JSON object in UTF-8: ");
  }

  @Test
  void aFieldThatStandsTwiceIsMalformed() {
    DeadLetter letter = bad("{\"temperature\":1,\"sensors\":{\"pressure\":1},\"temperature\":1}");

    assertThat(letter.reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(letter.message()).contains("got field \"temperature\" twice");
  }

  @Test
  void otherEncodingsAreMalformed() {
    byte[] latin = "{\"name\":\"Zürich\",\"temperature\":1}".getBytes(ISO_8859_1);
    byte[] utf16 = "{\"temperature\":1}".getBytes(UTF_16LE);

    assertThat(Outcome.deadLetter(decoder.decode(raw(latin))).reason())
        .isEqualTo(RejectReason.MALFORMED);
    assertThat(Outcome.deadLetter(decoder.decode(raw(utf16))).reason())
        .isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void nothingIsEmpty() {
    assertThat(Outcome.deadLetter(decoder.decode(raw(null))).reason())
        .isEqualTo(RejectReason.EMPTY);
    assertThat(Outcome.deadLetter(decoder.decode(raw(new byte[0]))).message())
        .isEqualTo("events-2@10433: expected a JSON object, got an empty value");
  }

  @Test
  void aLongValueIsNotEvenParsed() {
    DeadLetter letter = Outcome.deadLetter(decoder.decode(raw(new byte[5_000_000])));

    assertThat(letter.reason()).isEqualTo(RejectReason.TOO_LONG);
    assertThat(letter.message())
        .isEqualTo("events-2@10433: expected at most 1048576 bytes, got 5000000");
  }

  @Test
  void longContentsAreCutInMessages() {
    DeadLetter letter = bad("{\"temperature\":\"" + "x".repeat(100_000) + "\"}");

    assertThat(letter.message()).contains("xxx…\", expected a number").hasSizeLessThan(200);
  }

  @Test
  void manyOpenBracketsAreNoTrouble() {
    assertThat(bad("{\"a\":" + "[".repeat(100_000)).reason()).isEqualTo(RejectReason.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "MILLIS, 1767225600000,          1767225600000",
    "SECONDS, 1767225600.25,         1767225600250",
    "ISO, '\"2026-01-01T02:00:00+02:00\"', 1767225600000",
  })
  void theTimeIsReadAsItsFormatSays(TimeFormat format, String json, long millis) {
    assertThat(Outcome.event(timed(format, json)).eventTime()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "MILLIS, null,         MISSING_FIELD",
    "MILLIS, '\"x\"',      WRONG_TYPE",
    "MILLIS, NaN,          NOT_FINITE",
    "MILLIS, -1,           OUT_OF_RANGE",
    "SECONDS, 1e15,        OUT_OF_RANGE",
    "ISO, 12,              WRONG_TYPE",
    "ISO, '\"yesterday\"', WRONG_TYPE",
    "ISO, '\"1969-12-31T00:00:00Z\"', OUT_OF_RANGE",
  })
  void aBadTimeIsToldWithItsReason(TimeFormat format, String json, RejectReason reason) {
    DeadLetter letter = Outcome.deadLetter(timed(format, json));

    assertThat(letter.reason()).isEqualTo(reason);
    assertThat(letter.message()).startsWith("events-2@10433: time field \"meta.at\" is ");
  }

  private static Decoded timed(TimeFormat format, String json) {
    SchemaConfig schema = new SchemaConfig(List.of(FieldConfig.of("x")), "meta.at", format, 1000);
    String event = "{\"x\":1,\"meta\":{\"at\":" + json + "}}";
    return new EventDecoder(schema).decode(raw(event.getBytes(UTF_8)));
  }

  private Event good(String json) {
    return Outcome.event(decoder.decode(raw(json.getBytes(UTF_8))));
  }

  private DeadLetter bad(String json) {
    return Outcome.deadLetter(decoder.decode(raw(json.getBytes(UTF_8))));
  }

  private static RawEvent raw(byte @Nullable [] value) {
    return new RawEvent("events", 2, 10433, 1700, "key".getBytes(UTF_8), value);
  }
}
