package io.chartflow.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one process does: for each kind of work and each batch it warms up, then makes its steps.
 *
 * @param shape of the model
 * @param folder that was prepared for the shape
 * @param works what to time
 * @param batches sizes of a batch
 * @param threads to use
 * @param seconds that the steps of one measurement take, roughly
 */
record Trial(
    Shape shape,
    Path folder,
    List<Work> works,
    List<Integer> batches,
    int threads,
    double seconds) {

  /** Stretches of a measurement; their median is what counts. */
  static final int STRETCHES = 5;

  /** What every contender's process takes: a name and its value in turn. */
  List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--shape", shape.name(),
                "--folder", folder.toString(),
                "--threads", Integer.toString(threads),
                "--seconds", Double.toString(seconds),
                "--stretches", Integer.toString(STRETCHES)));
    for (Work work : works) {
      words.addAll(List.of("--" + work.text(), steps(work)));
    }
    return words;
  }

  /** For instance {@code 256:1200,1024:300}: batch and steps of each measurement. */
  private String steps(Work work) {
    return batches.stream()
        .map(batch -> batch + ":" + shape.steps(work, batch, seconds, STRETCHES))
        .collect(Collectors.joining(","));
  }

  /** The trial that {@link #words} wrote. */
  static Trial parse(String... words) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      given.put(words[i], words[i + 1]);
    }
    List<Work> works =
        Arrays.stream(Work.values()).filter(w -> given.containsKey("--" + w.text())).toList();
    List<Integer> batches =
        works.isEmpty()
            ? List.of()
            : Arrays.stream(value(given, "--" + works.get(0).text()).split(",", -1))
                .map(pair -> Integer.valueOf(pair.substring(0, pair.indexOf(':'))))
                .toList();
    return new Trial(
        Shape.parse(value(given, "--shape")),
        Path.of(value(given, "--folder")),
        works,
        batches,
        Integer.parseInt(value(given, "--threads")),
        Double.parseDouble(value(given, "--seconds")));
  }

  private static String value(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected " + name + ", got " + given);
    }
    return value;
  }
}
