package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.KafkaConfig;
import io.chartflow.model.config.Problems;
import io.chartflow.model.engine.JvmEngine;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how often.
 *
 * @param parts of all measurements
 * @param format of the events
 * @param events that lie in the topic, a multiple of the training batch
 * @param runs of each measurement that count
 * @param warmups of the first part before them: until the code is compiled. The other throughputs
 *     and the delays, which run much of the same code, have half as many
 * @param seconds of a run of the delays
 * @param rate of the delays in events a second, or 0 for half of the highest
 * @param parallelism of the score job
 * @param learnerThreads of the train job
 * @param kafka further properties of all clients, as {@code kafka.properties} has them
 * @param profile folder of flight recordings of the last run of each throughput, or null
 * @param python that runs the peer, or null for none
 */
public record PipelineOptions(
    List<Part> parts,
    EventFormat format,
    int events,
    int runs,
    int warmups,
    int seconds,
    int rate,
    int parallelism,
    int learnerThreads,
    SortedMap<String, String> kafka,
    @Nullable Path profile,
    @Nullable String python) {

  /** Copies the collections and checks the numbers. */
  public PipelineOptions {
    parts = List.copyOf(parts);
    kafka = Collections.unmodifiableSortedMap(new TreeMap<>(kafka));
    Problems problems = new Problems("bench");
    problems.between("events", events, 1, 1 << 26);
    problems.between("runs", runs, 1, 100);
    problems.between("warmups", warmups, 0, 100);
    problems.between("seconds", seconds, 1, 600);
    problems.between("rate", rate, 0, 1 << 26);
    problems.between("parallelism", parallelism, 1, 64);
    problems.between("learnerThreads", learnerThreads, 1, JvmEngine.MOST_WORKERS);
    problems.require(
        !parts.contains(Part.DELAY) || rate > 0 || parts.contains(Part.SCORE_AT_LEAST_ONCE),
        "parts",
        "score_at_least_once as well where delay is one and no rate is given: half of that",
        parts);
    problems.throwIfAny();
  }

  /** Runs of a part that do not count. */
  int warmups(Part part) {
    if (parts.indexOf(part) == 0) {
      return warmups;
    }
    return part == Part.RESTORE ? 0 : warmups / 2;
  }

  /** Settings of a user with these changes. */
  ChartflowConfig apply(ChartflowConfig settings) {
    FlinkConfig flink = settings.flink();
    return settings
        .withKafka(new KafkaConfig(settings.kafka().bootstrapServers(), kafka))
        .withFlink(new FlinkConfig(flink.checkpointInterval(), null, parallelism, learnerThreads));
  }
}
