package io.chartflow.model.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a stack of layers, from data to base: names divided by commas, {@code ×n} repeats,
 * {@code +} joins what is repeated together: {@code chart-affine, coupling×5} or {@code
 * chart-affine, lu + spline-coupling×4}. {@code x} and {@code *} stand for {@code ×} too.
 */
final class LayerList {

  static final int MAX_LAYERS = 256;

  private final List<LayerKind> kinds = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  LayerList(String text) {
    for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
      read(item.strip());
    }
  }

  private void read(String item) {
    String body = item;
    int times = 1;
    int at = lastTimes(item);
    if (at >= 0) {
      try {
        times = Integer.parseInt(item.substring(at + 1).strip());
      } catch (NumberFormatException e) {
        times = 0;
      }
      body = item.substring(0, at).strip();
    }
    List<LayerKind> group = new ArrayList<>();
    for (String name : body.split("\\+", -1)) {
      LayerKind.of(name.strip()).ifPresentOrElse(group::add, () -> wrong.add(item));
    }
    if (times < 1 || times > MAX_LAYERS) {
      wrong.add(item);
      return;
    }
    for (int i = 0; i < times; i++) {
      kinds.addAll(group);
    }
    items.add(
        group.stream().map(LayerKind::text).collect(Collectors.joining(" + "))
            + (times == 1 ? "" : "×" + times));
  }

  /** Where the sign of repetition stands before a number at the end, or -1. */
  private static int lastTimes(String item) {
    int at = item.length();
    while (at > 0 && (Character.isDigit(item.charAt(at - 1)) || item.charAt(at - 1) == ' ')) {
      at--;
    }
    boolean sign = at > 0 && "×x*".indexOf(item.charAt(at - 1)) >= 0;
    return sign && at < item.length() ? at - 1 : -1;
  }

  /** The layers, repeated ones as often as they come. */
  List<LayerKind> kinds() {
    return List.copyOf(kinds);
  }

  boolean isValid() {
    return wrong.isEmpty() && kinds.size() <= MAX_LAYERS;
  }

  /** The one way to write this list. */
  String canonical() {
    return String.join(", ", items);
  }

  static String rule() {
    return "at most "
        + MAX_LAYERS
        + " of "
        + Arrays.stream(LayerKind.values()).map(LayerKind::text).collect(Collectors.joining(", "))
        + ", divided by commas, each perhaps with ×n";
  }
}
