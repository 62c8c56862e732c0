package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One case of {@code fixtures/layers.csv}; {@code golden_layers.py} says what its lines mean. */
public final class GoldenCase {

  static final int ROWS = 6;
  static final int CHARTS = 3;

  private final String kind;
  private final double[] arguments;
  private final Map<String, double[]> lines = new TreeMap<>();

  private GoldenCase(String kind, double[] arguments) {
    this.kind = kind;
    this.arguments = arguments;
  }

  /** All of them, in the order of the file. */
  public static List<GoldenCase> all() throws IOException {
    List<GoldenCase> cases = new ArrayList<>();
    try (var in = GoldenCase.class.getResourceAsStream("/fixtures/layers.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
        List<String> fields = List.of(line.split(",", -1));
        if (fields.get(0).equals("case")) {
          cases.add(new GoldenCase(fields.get(1), numbers(fields.subList(2, fields.size()))));
        } else {
          cases
              .get(cases.size() - 1)
              .lines
              .put(fields.get(0), numbers(fields.subList(1, fields.size())));
        }
      }
    }
    return cases;
  }

  private static double[] numbers(List<String> fields) {
    return fields.stream()
        .filter(field -> !field.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** What the case is of. */
  public String kind() {
    return kind;
  }

  /** What the case is made with. */
  public double[] arguments() {
    return arguments.clone();
  }

  double argument(int index) {
    return arguments[index];
  }

  int count(int index) {
    return (int) arguments[index];
  }

  /** The numbers of the line of this name. */
  public double[] numbers(String name) {
    return Objects.requireNonNull(lines.get(name), name);
  }

  float[] floats(String name) {
    double[] numbers = numbers(name);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  Matrix matrix(String name, int rows) {
    float[] values = floats(name);
    return Matrix.of(values, 0, rows, values.length / rows);
  }

  @Override
  public String toString() {
    return kind + Arrays.toString(arguments);
  }
}
