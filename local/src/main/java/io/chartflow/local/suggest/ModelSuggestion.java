package io.chartflow.local.suggest;

import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.TrainingConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the model should say for such fields. Features whose marginals ask for a spline are uneven
 * beside each other too, so their flow gets splines. Where a stream is short, steps are smaller and
 * the time scales shorter, and there are fewer charts, which overlap more: each has to be learned
 * from some thousands of events.
 *
 * @param settings that differ from the defaults, by their dotted names: {@code charts.count}
 * @param reasons one sentence each
 */
public record ModelSuggestion(SortedMap<String, String> settings, List<String> reasons) {

  /** From this many events on the defaults' time scales fit. */
  static final long LARGE = 1_000_000;

  private static final int EVENTS_PER_CHART = 8192;
  private static final int LEAST_BATCH = 64;

  /** Copies both. */
  public ModelSuggestion {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    reasons = List.copyOf(reasons);
  }

  /**
   * The suggestion for these fields.
   *
   * @param fields what is suggested for each
   * @param events that the stream will bring; 0 if it never ends
   */
  public static ModelSuggestion of(List<Suggestion> fields, long events) {
    SortedMap<String, String> settings = new TreeMap<>();
    List<String> reasons = new ArrayList<>();
    boolean uneven = fields.stream().anyMatch(field -> field.transform() == MarginalKind.SPLINE);
    if (uneven && fields.size() > 1) {
      settings.put("flow.layers", "chart-affine, spline-coupling×5");
      settings.put("flow.bins", "16");
      reasons.add("fields that need splines alone need them beside each other too");
    }
    if (events > 0 && events < LARGE) {
      shorten(events, settings);
      reasons.add("a stream of %d events is short: fewer charts, smaller steps".formatted(events));
    }
    return new ModelSuggestion(settings, reasons);
  }

  private static void shorten(long events, Map<String, String> settings) {
    TrainingConfig usual = TrainingConfig.DEFAULTS;
    long batch = clamp(Long.highestOneBit(events / 1000), LEAST_BATCH, usual.batch());
    long steps = events / batch;
    long charts = clamp(Long.highestOneBit(events / EVENTS_PER_CHART), 4, 64);
    put(settings, "charts.count", charts);
    put(settings, "charts.m", 4);
    put(settings, "training.batch", batch);
    put(
        settings,
        "training.standardiserEvents",
        clamp(events / 20, 256, usual.standardiserEvents()));
    put(settings, "training.flowDelay", clamp(steps / 20, 4, usual.flowDelay()));
    put(settings, "training.chartSettleSteps", clamp(steps / 12, 4, usual.chartSettleSteps()));
  }

  private static void put(Map<String, String> settings, String name, long value) {
    settings.put(name, Long.toString(value));
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  /** A configuration with these settings. */
  public AtlasConfig applyTo(AtlasConfig config) {
    return ConfigOverrides.apply(config, settings);
  }

  /** A configuration with those of these settings that are of the training. */
  public AtlasConfig trainingOf(AtlasConfig config) {
    SortedMap<String, String> training = new TreeMap<>(settings);
    training.keySet().removeIf(name -> !name.startsWith("training."));
    return ConfigOverrides.apply(config, training);
  }
}
