package io.chartflow.connect.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import java.io.IOException;

/**
 * Reads JSON objects, one pass over the bytes and no tree.
 *
 * <ol>
 *   <li>Fields that nobody asked for are skipped, whatever they hold. The literals {@code NaN} and
 *       {@code Infinity}, which JSON has not, are read: in a field of the schema they are {@link
 *       RejectReason#NOT_FINITE}.
 *   <li>A broken object is no JSON object whatever its fields are.
 *   <li>Nor is one in which a field of the schema stands twice: neither can be preferred. Repeats
 *       of other fields are skipped.
 * </ol>
 */
final class JsonReader implements EventReader {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final PathNode paths;
  private final TimeFormat timeFormat;

  JsonReader(SchemaConfig schema) {
    this.paths = PathNode.of(schema);
    this.timeFormat = schema.timeFormat();
  }

  @Override
  public String expected() {
    return "one JSON object in UTF-8";
  }

  @Override
  public String briefly() {
    return "a JSON object";
  }

  @Override
  public void read(byte[] value, EventFields found) throws IOException {
    try (JsonParser parser = JSON.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new IOException("got " + (first == null ? "nothing" : Quote.kind(first)));
      }
      readFields(parser, paths, found);
      if (parser.nextToken() != null) {
        throw new IOException("got more after the end of the object");
      }
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      String where = at < 0 ? "" : " at byte " + at;
      throw new IOException(Quote.cut(e.getOriginalMessage(), 200) + where, e);
    }
  }

  private void readFields(JsonParser parser, PathNode wanted, EventFields found)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      PathNode node = wanted.child(name);
      JsonToken token = parser.nextToken();
      if (node == null) {
        parser.skipChildren();
        continue;
      }
      if (node.field() != PathNode.NONE) {
        takeField(node.field(), parser, token, found);
      }
      if (node.isTime()) {
        takeTime(parser, token, found.time());
      }
      if (node.hasChildren() && token == JsonToken.START_OBJECT) {
        readFields(parser, node, found);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void takeField(int i, JsonParser parser, JsonToken token, EventFields found)
      throws IOException {
    found.meet(i);
    if (token == JsonToken.VALUE_NULL) {
      found.lack(i, "is null");
    } else if (!token.isNumeric()) {
      found.takeOther(i, describe(parser, token));
    } else {
      double value = parser.getDoubleValue();
      if (Double.isFinite(value)) {
        found.take(i, value);
      } else {
        found.takeNotFinite(i, Quote.cut(parser.getText(), 40));
      }
    }
  }

  private void takeTime(JsonParser parser, JsonToken token, EventTime time) throws IOException {
    time.meet();
    if (token == JsonToken.VALUE_NULL) {
      time.lack();
    } else if (token == JsonToken.VALUE_STRING && timeFormat == TimeFormat.ISO) {
      time.takeText(parser.getText());
    } else if (token.isNumeric() && timeFormat != TimeFormat.ISO) {
      time.takeNumber(parser.getDoubleValue());
    } else {
      time.takeOther(describe(parser, token));
    }
  }

  private static String describe(JsonParser parser, JsonToken token) throws IOException {
    String kind = Quote.kind(token);
    return token.isScalarValue() ? kind + " " + Quote.cut('"' + parser.getText(), 40) + '"' : kind;
  }
}
