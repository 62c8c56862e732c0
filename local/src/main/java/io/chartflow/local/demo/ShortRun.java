package io.chartflow.local.demo;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings for a run that is short. The defaults are made for a stream: fitting the standardiser
 * and placing the charts takes them 110,000 events, before which there is no version. A run of
 * fewer than {@value #LARGE} events gets all time scales in proportion to its length, so that a
 * first version is there after a fifth of it and a new one after each tenth.
 *
 * @param config the configuration to run with
 * @param changes what differs from the given one, as {@code name before → after}
 */
public record ShortRun(ChartflowConfig config, List<String> changes) {

  /** Runs of this many events and more keep the defaults. */
  static final long LARGE = 1_000_000;

  private static final int LEAST_BATCH = 64;

  /** A batch has to show each chart a few events, or the codes are single events. */
  private static final int EVENTS_PER_CHART = 4;

  /** Copies the changes. */
  public ShortRun {
    changes = List.copyOf(changes);
  }

  /**
   * The settings for a run.
   *
   * @param base the settings of an endless stream
   * @param events of the run; 0 for an endless one
   * @param charts number of charts that the user asked for, or null
   */
  public static ShortRun of(ChartflowConfig base, long events, @Nullable Integer charts) {
    ChartflowConfig asked = charts == null ? base : base.withModel(withCharts(base, charts));
    if (events <= 0 || events >= LARGE) {
      return new ShortRun(asked, List.of());
    }
    TrainingConfig training = training(asked.model().training(), events);
    int count = asked.model().charts().count();
    if (charts == null) {
      count = Math.min(count, Math.max(1, training.batch() / EVENTS_PER_CHART));
    }
    AtlasConfig shortModel = model(asked.model(), count, training);
    ChartflowConfig config =
        asked
            .withModel(shortModel)
            .withPublishing(publishing(asked.publishing(), events))
            .withScoring(scoring(asked.scoring(), events));
    return new ShortRun(config, changes(base, config));
  }

  /** About how many events a first version takes. */
  long firstVersion() {
    TrainingConfig training = config.model().training();
    long ready = training.standardiserEvents() + (long) training.flowDelay() * training.batch();
    return Math.max(ready, config.publishing().everyEvents());
  }

  private static TrainingConfig training(TrainingConfig base, long events) {
    int batch =
        (int) clamp(Long.highestOneBit(Math.max(1, events / 200)), LEAST_BATCH, base.batch());
    long steps = Math.max(1, events / batch);
    double average = Math.max(0, Math.min(base.weightAverage(), 1 - 4.0 / steps));
    return new TrainingConfig(
        batch,
        (int)
            clamp(events / 50, Math.min(256, base.standardiserEvents()), base.standardiserEvents()),
        base.learningRate(),
        base.rateHalving(),
        Math.rint(average * 1e4) / 1e4,
        base.gradientClip(),
        base.chartLearningRate(),
        (int) clamp(steps * 3 / 20, Math.min(1, base.chartSettleSteps()), base.chartSettleSteps()),
        base.chartRateFloor(),
        (int) clamp(steps / 12, Math.min(1, base.flowDelay()), base.flowDelay()),
        base.objective());
  }

  private static PublishingConfig publishing(PublishingConfig base, long events) {
    long every = Math.min(base.everyEvents(), Math.max(1, events / 10));
    return new PublishingConfig(every, base.every(), base.keep());
  }

  private static ScoringConfig scoring(ScoringConfig base, long events) {
    long warmup = Math.min(base.warmupEvents(), events / 10);
    return new ScoringConfig(
        base.sum(),
        base.batch(),
        base.delay(),
        warmup,
        base.alarmRate(),
        base.attributionBelow(),
        base.delivery());
  }

  private static AtlasConfig withCharts(ChartflowConfig base, int count) {
    return model(base.model(), count, base.model().training());
  }

  private static AtlasConfig model(AtlasConfig base, int count, TrainingConfig training) {
    ChartsConfig charts =
        count == 1
            ? ChartsConfig.single()
            : new ChartsConfig(
                count,
                Math.min(base.charts().m(), count),
                base.charts().epsilon(),
                base.charts().prior());
    return base.withCharts(charts)
        .withTraining(withBatch(training, Math.max(training.batch(), count)));
  }

  private static TrainingConfig withBatch(TrainingConfig base, int batch) {
    return new TrainingConfig(
        batch,
        base.standardiserEvents(),
        base.learningRate(),
        base.rateHalving(),
        base.weightAverage(),
        base.gradientClip(),
        base.chartLearningRate(),
        base.chartSettleSteps(),
        base.chartRateFloor(),
        base.flowDelay(),
        base.objective());
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  private static List<String> changes(ChartflowConfig before, ChartflowConfig after) {
    List<String> changes = new ArrayList<>();
    TrainingConfig a = before.model().training();
    TrainingConfig b = after.model().training();
    tell(
        changes,
        "model.charts.count",
        before.model().charts().count(),
        after.model().charts().count());
    tell(changes, "training.batch", a.batch(), b.batch());
    tell(changes, "training.standardiserEvents", a.standardiserEvents(), b.standardiserEvents());
    tell(changes, "training.flowDelay", a.flowDelay(), b.flowDelay());
    tell(changes, "training.chartSettleSteps", a.chartSettleSteps(), b.chartSettleSteps());
    tell(changes, "training.weightAverage", a.weightAverage(), b.weightAverage());
    tell(
        changes,
        "publishing.everyEvents",
        before.publishing().everyEvents(),
        after.publishing().everyEvents());
    tell(
        changes,
        "scoring.warmupEvents",
        before.scoring().warmupEvents(),
        after.scoring().warmupEvents());
    return changes;
  }

  private static void tell(List<String> changes, String name, Number before, Number after) {
    if (!before.equals(after)) {
      changes.add(name + " " + before + " → " + after);
    }
  }
}
