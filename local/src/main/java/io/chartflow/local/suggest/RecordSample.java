package io.chartflow.local.suggest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.local.data.DataSets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The first records of a file, CSV with a header or one JSON object a line; {@code .gz} too. */
public final class RecordSample {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordSample() {}

  /**
   * The numeric fields of the first {@code most} records, in the order in which they come; those of
   * nested JSON objects by their dotted path.
   *
   * @throws IllegalArgumentException if the file is neither, or holds no number
   */
  public static List<Column> read(Path file, int most) {
    String name = String.valueOf(file.getFileName());
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    List<Column> columns = plain.endsWith(".csv") ? readCsv(file, most) : readJsonLines(file, most);
    List<Column> numeric = columns.stream().filter(c -> c.values().length > 0).toList();
    if (numeric.isEmpty()) {
      throw new IllegalArgumentException(file + " has no field with numbers");
    }
    return numeric;
  }

  private static List<Column> readCsv(Path file, int most) {
    Map<String, Column> columns = new LinkedHashMap<>();
    DataSets.readColumns(
        file, most, (name, value) -> columns.computeIfAbsent(name, Column::new).add(value));
    return List.copyOf(columns.values());
  }

  private static List<Column> readJsonLines(Path file, int most) {
    Map<String, Column> columns = new LinkedHashMap<>();
    Map<String, Long> seen = new LinkedHashMap<>();
    long records = 0;
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine();
          line != null && records < most;
          line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        records++;
        JsonNode record = parse(file, records, line);
        flatten("", record, columns, seen);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e, e);
    }
    for (Column column : columns.values()) {
      column.addMissing(records - seen.getOrDefault(column.name(), 0L));
    }
    return List.copyOf(columns.values());
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  private static JsonNode parse(Path file, long record, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw new IllegalArgumentException(
          "%s, record %d: expected a JSON object, got %s"
              .formatted(file, record, node.getNodeType()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s, record %d: expected a JSON object: %s"
              .formatted(file, record, e.getOriginalMessage()),
          e);
    }
  }

  private static void flatten(
      String prefix, JsonNode node, Map<String, Column> columns, Map<String, Long> seen) {
    node.fields()
        .forEachRemaining(
            entry -> {
              String path = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(path + ".", value, columns, seen);
              } else if (value.isNumber()) {
                columns.computeIfAbsent(path, Column::new).add(value.doubleValue());
                seen.merge(path, 1L, Long::sum);
              }
            });
  }
}
