package io.chartflow.connect.density;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held against Jackson, whose own Schubfach is another hand's. */
class JsonBytesTest {

  private static final int NUMBERS = 300_000;

  private static final JsonFactory TWIN =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final JsonBytes json = new JsonBytes();
  private final Random random = new Random(20260131);

  @Test
  void doublesAreTheShortestThatComeBack() throws Exception {
    for (int i = 0; i < NUMBERS; i++) {
      double value = someDouble(i);
      String text = written(value);

      assertThat(text).isEqualTo(twin(generator -> generator.writeNumber(value)));
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(text)).isEqualTo(value);
      }
    }
  }

  @Test
  void floatsAreTheShortestThatComeBack() throws Exception {
    for (int i = 0; i < NUMBERS; i++) {
      float value = someFloat(i);
      json.clear();
      json.number(value);
      String text = new String(json.toArray(0), UTF_8);

      assertThat(text).isEqualTo(twin(generator -> generator.writeNumber(value)));
      if (Float.isFinite(value)) {
        assertThat(Float.parseFloat(text)).isEqualTo(value);
      }
    }
  }

  @Test
  void theNumbersAtTheEdgesAreWrittenAsJavaWritesThem() {
    assertThat(written(Double.MIN_VALUE)).isEqualTo("4.9E-324");
    assertThat(written(Double.MAX_VALUE)).isEqualTo("1.7976931348623157E308");
    assertThat(written(-0.0)).isEqualTo("-0.0");
    assertThat(written(0.001)).isEqualTo("0.001");
    assertThat(written(9.99e-4)).isEqualTo("9.99E-4");
    assertThat(written(1e7)).isEqualTo("1.0E7");
    assertThat(written(9_999_999)).isEqualTo("9999999.0");
    assertThat(written(2e23)).isEqualTo("2.0E23"); // a digit too long before JDK 19
  }

  @Test
  void wholeNumbersAreWritten() {
    for (long value : List.of(0L, -1L, 10L, Long.MAX_VALUE, Long.MIN_VALUE, -9_007L)) {
      assertThat(whole(value)).isEqualTo(Long.toString(value));
    }
    for (long power = 1; power < Long.MAX_VALUE / 10; power *= 10) {
      for (long value = power - 1; value <= power + 1; value++) {
        assertThat(whole(value)).isEqualTo(Long.toString(value));
        assertThat(whole(-value)).isEqualTo(Long.toString(-value));
      }
    }
    for (int i = 0; i < NUMBERS; i++) {
      long value = random.nextLong() >> random.nextInt(Long.SIZE);
      assertThat(whole(value)).isEqualTo(Long.toString(value));
    }
  }

  @Test
  void aNumberAndItsNegativeHaveTheSameDigitsWhereverTheyStand() {
    json.clear();
    for (double value : new double[] {1.5, -1.5, 1.5, 2.25, -1.5, -1.5, 0.0, -0.0, 1.5}) {
      json.number(value);
      json.piece(',');
    }
    json.text("x".repeat(2_000));
    json.number(-1.5);

    assertThat(new String(json.toArray(0), UTF_8))
        .startsWith("1.5,-1.5,1.5,2.25,-1.5,-1.5,0.0,-0.0,1.5,")
        .endsWith("x\"-1.5");
  }

  @Test
  void textIsQuotedAsJacksonQuotesIt() throws Exception {
    for (String text : List.of("", "plain", "a\"b\\c", "\u0000\n\u001f\u007f", "Zürich ∞ 😀")) {
      json.clear();
      json.text(text);
      assertThat(new String(json.toArray(0), UTF_8))
          .isEqualTo(twin(generator -> generator.writeString(text)));
    }
  }

  @Test
  void theBufferGrows() {
    json.clear();
    String text = "x".repeat(700);
    for (int i = 0; i < 10; i++) {
      json.text(text);
    }
    assertThat(json.toArray(0)).hasSize(7_020);
  }

  private double someDouble(int i) {
    return switch (i % 4) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> 10 * random.nextGaussian();
      case 2 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
      default -> random.nextInt(100_000) / 1000.0 * Math.pow(10, random.nextInt(12));
    };
  }

  private float someFloat(int i) {
    return switch (i % 4) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> random.nextFloat();
      case 2 -> Math.scalb(1.0f, random.nextInt(277) - 149);
      default -> Float.intBitsToFloat(random.nextInt(1000));
    };
  }

  private String written(double value) {
    json.clear();
    json.number(value);
    return new String(json.toArray(0), UTF_8);
  }

  private String whole(long value) {
    json.clear();
    json.number(value);
    return new String(json.toArray(0), UTF_8);
  }

  private static String twin(Writing writing) throws Exception {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = TWIN.createGenerator(text)) {
      writing.to(generator);
    }
    return text.toString();
  }

  /** What is written to the twin. */
  private interface Writing {

    void to(JsonGenerator generator) throws Exception;
  }
}
