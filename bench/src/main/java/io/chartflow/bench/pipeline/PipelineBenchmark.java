package io.chartflow.bench.pipeline;

import io.chartflow.bench.report.Machine;
import io.chartflow.bench.stats.Summary;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.Delivery;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.demo.ProcessMemory;
import io.chartflow.local.fit.EventReader;
import io.chartflow.local.produce.EventJson;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.PublishRequest;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All measurements, one after the other, on one broker and one cluster. */
public final class PipelineBenchmark implements AutoCloseable {

  /** Events that the atlas learned from before anything is measured: its flows have settled. */
  private static final long LEARNED = 300_000;

  private static final long SEED = 7;
  private static final String EVENTS = "events";

  private final PipelineOptions options;
  private final PrintWriter out;
  private final DataSet set = DataSets.named("helix");
  private final @Nullable Profile profile;
  private final Stand stand;
  private final Atlas atlas;
  private int trial;

  /** Starts everything and learns an atlas; tells its progress to {@code out}. */
  public PipelineBenchmark(PipelineOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.profile = options.profile() == null ? null : new Profile();
    ChartflowConfig settings =
        ChartflowConfig.of("127.0.0.1:9092", EventJson.schema(set).withFormat(options.format()));
    say("learning %,d events for the atlas to score with".formatted(LEARNED));
    this.atlas = learn(settings);
    this.stand = new Stand(options.apply(settings));
  }

  /**
   * Makes all measurements.
   *
   * @param command that was given, and {@code commit} of the sources, for the report
   */
  public PipelineReport run(String command, String commit) {
    ChartflowConfig filled = stand.topics(EVENTS, trial);
    say("writing %,d events".formatted(options.events()));
    Written events = Written.of(filled.schema(), set, SEED, options.events());
    new Feed(filled, events).preload();
    Map<Part, List<Throughput>> throughputs = new EnumMap<>(Part.class);
    for (Part part : options.parts()) {
      if (part.isThroughput()) {
        throughputs.put(part, throughputs(part));
      }
    }
    double half = 0;
    List<Delays.Quantiles> delays = List.of();
    if (options.parts().contains(Part.DELAY)) {
      half =
          options.rate() > 0
              ? options.rate()
              : highest(throughputs.getOrDefault(Part.SCORE_AT_LEAST_ONCE, List.of())) / 2;
      delays = delays(events, half);
    }
    List<Restore> restores = options.parts().contains(Part.RESTORE) ? restores() : List.of();
    Map<String, List<Double>> peers = options.python() == null ? Map.of() : peers(options.python());
    return new PipelineReport(
        command,
        commit,
        Machine.here(),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(each -> each.startsWith("-X"))
            .toList(),
        options,
        filled.topics().partitions(),
        throughputs,
        half,
        delays,
        restores,
        peers,
        ProcessMemory.peakMebibytes().orElse(0));
  }

  private static double highest(List<Throughput> runs) {
    return Summary.of(runs.stream().map(Throughput::eventsPerSecond).toList()).median();
  }

  private List<Throughput> throughputs(Part part) {
    List<Throughput> all = new ArrayList<>();
    int count = options.warmups(part) + options.runs();
    Delivery delivery =
        part == Part.SCORE_AT_LEAST_ONCE ? Delivery.AT_LEAST_ONCE : Delivery.EXACTLY_ONCE;
    for (int i = 0; i < count; i++) {
      ChartflowConfig config = fresh(EVENTS, delivery);
      if (profile != null && i == count - 1) {
        profile.begin();
      }
      Throughput one =
          part == Part.LEARN
              ? Throughput.learning(stand.flink(), config, options.events())
              : Throughput.scoring(stand.flink(), config, options.events());
      boolean counts = i >= options.warmups(part);
      say(
          "%s: %,.0f events/s%s"
              .formatted(part.text(), one.eventsPerSecond(), counts ? "" : ", warming up"));
      if (counts) {
        all.add(one);
      }
      stand.drop(config);
    }
    Path folder = options.profile();
    if (profile != null && folder != null) {
      say(profile.toFile(folder.resolve(part.name().toLowerCase(Locale.ROOT) + ".jfr")));
    }
    return all;
  }

  private List<Delays.Quantiles> delays(Written events, double rate) {
    List<Delays.Quantiles> all = new ArrayList<>();
    int warmups = options.warmups(Part.DELAY);
    for (int i = 0; i < warmups + options.runs(); i++) {
      ChartflowConfig config = fresh(EVENTS + "-paced-" + trial, Delivery.AT_LEAST_ONCE);
      Duration time = Duration.ofSeconds(options.seconds());
      Delays.Quantiles one = Delay.measure(stand.flink(), config, events, rate, time);
      say("delay at %,.0f events/s: %s%s".formatted(rate, one, i < warmups ? ", warming up" : ""));
      if (i >= warmups) {
        all.add(one);
      }
      stand.drop(config);
    }
    return all;
  }

  private List<Restore> restores() {
    List<Restore> all = new ArrayList<>();
    for (int i = 0; i < options.runs(); i++) {
      ChartflowConfig config = fresh(EVENTS, Delivery.AT_LEAST_ONCE);
      Restore one = Restore.measure(stand.flink(), config, options.events());
      say(one.toString());
      all.add(one);
      stand.drop(config);
    }
    return all;
  }

  private Map<String, List<Double>> peers(String python) {
    Map<String, List<Double>> all = new TreeMap<>();
    for (int i = 0; i < options.runs(); i++) {
      for (String what : List.of(Peer.SCORE, Peer.LEARN)) {
        ChartflowConfig config = fresh(EVENTS, Delivery.AT_LEAST_ONCE);
        double rate = Peer.measure(python, what, config, options.events());
        say("%s: %s, %,.0f events/s".formatted(python, what, rate));
        all.computeIfAbsent(what, key -> new ArrayList<>()).add(rate);
        stand.drop(config);
      }
    }
    return all;
  }

  /** Topics that nobody has written to yet, but for the events and the atlas. */
  private ChartflowConfig fresh(String events, Delivery delivery) {
    ChartflowConfig config = stand.topics(events, ++trial);
    Stand.publish(config, atlas);
    return config.withScoring(config.scoring().withDelivery(delivery));
  }

  private Atlas learn(ChartflowConfig settings) {
    try (AtlasTrainer trainer = new JvmEngine().trainer(settings.model());
        EventReader reader = new EventReader(set, set.training(SEED + 1), SEED + 1)) {
      EventBatch batch =
          new EventBatch(settings.model().training().batch(), settings.model().dimension());
      for (long done = 0; done < LEARNED; done += batch.size()) {
        reader.fill(batch, batch.capacity());
        trainer.train(batch);
      }
      return trainer
          .publish(new PublishRequest(1, 0, new TreeMap<>(), Long.MIN_VALUE))
          .orElseThrow(() -> new IllegalStateException("nothing was learned"));
    }
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    if (profile != null) {
      profile.close();
    }
    stand.close();
  }
}
