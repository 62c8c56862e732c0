package io.chartflow.bench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Records as JSON and back; a number that is none is the text {@code "NaN"}. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** Indented, with a line break at its end. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers and names is always JSON", e);
    }
  }

  /**
   * A record of this type.
   *
   * @throws IllegalArgumentException naming {@code where}, if the text is something else
   */
  public static <T> T read(String text, Class<T> type, String where) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          where + ": expected a " + type.getSimpleName() + ", got " + e.getOriginalMessage(), e);
    }
  }
}
