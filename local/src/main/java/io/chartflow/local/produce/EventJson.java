package io.chartflow.local.produce;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.local.data.DataField;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.EventSource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events of a data set as JSON objects, and the schema that reads them. */
public final class EventJson implements EventBytes {

  private final String[] openings;
  private final StringBuilder text = new StringBuilder();

  /** The JSON of events with these features, each at the path that {@link #schema} gives it. */
  public EventJson(List<String> paths) {
    openings = new String[paths.size()];
    for (int j = 0; j < openings.length; j++) {
      String name = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(paths.get(j)));
      openings[j] = (j == 0 ? "{\"" : ",\"") + name + "\":";
    }
  }

  /** The JSON of events of a data set. */
  public static EventJson of(DataSet set) {
    return new EventJson(set.fields().stream().map(field -> path(field.name())).toList());
  }

  /** The JSON object of the event that the source stands at. */
  @Override
  public byte[] bytes(EventSource event) {
    text.setLength(0);
    for (int j = 0; j < openings.length; j++) {
      text.append(openings[j]).append(event.json(j));
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The schema of a data set's events. */
  public static SchemaConfig schema(DataSet set) {
    return SchemaConfig.of(set.fields().stream().map(EventJson::field).toList());
  }

  /**
   * Checks that a schema reads the events of a data set: the same number of features, each with a
   * path that the JSON has.
   *
   * @throws IllegalArgumentException saying what the schema has to be
   */
  public static void requireSame(SchemaConfig schema, DataSet set) {
    List<String> read = schema.fields().stream().map(FieldConfig::path).toList();
    List<String> written = set.fields().stream().map(field -> path(field.name())).toList();
    if (!read.equals(written)) {
      throw new IllegalArgumentException(
          "schema.fields must have the paths "
              + String.join(", ", written)
              + " of data set "
              + set.name()
              + ", got "
              + String.join(", ", read));
    }
  }

  private static FieldConfig field(DataField field) {
    return new FieldConfig(
        field.name(),
        path(field.name()),
        field.resolution(),
        -FieldConfig.DEFAULT_BOUND,
        FieldConfig.DEFAULT_BOUND);
  }

  /** A dot in a path descends into an object; a column's name is one step, whatever it holds. */
  private static String path(String name) {
    return name.replace('.', '_');
  }
}
