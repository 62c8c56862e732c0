package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.atlas.AtlasFeed;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityLine;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.DeadLetters;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.CommittedSink;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.RecordedMeters;
import io.chartflow.jobs.Samples;
import io.chartflow.jobs.Streams;
import io.chartflow.jobs.score.DensityRecords.Details;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScoreJobTest {

  private static final ScoringConfig SCORING =
      new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 0);

  private static final long RECORDS = 1_200;

  private static final Atlas ATLAS = Samples.atlas(1);

  private final CommittedSink densities = new CommittedSink();
  private final CommittedSink deadLetters = new CommittedSink();

  @Test
  void everyRecordOfAKilledJobComesOutExactlyOnce() throws Exception {
    run(2, true);

    List<DensityRecord> records = records();
    assertThat(records)
        .extracting(record -> record.partition() + "@" + record.offset())
        .containsExactlyInAnyOrderElementsOf(places(false));
    assertThat(deadLetters.messages())
        .extracting(ScoreJobTest::place)
        .containsExactlyInAnyOrderElementsOf(places(true));
  }

  @Test
  void everyScoreIsTheOneThatTheModelGivesAlsoAfterARestart() throws Exception {
    run(1, true);

    List<DensityRecord> scored =
        records().stream().filter(record -> record.status() == DensityStatus.OK).toList();
    assertThat(scored).hasSizeGreaterThan((int) RECORDS / 2);
    try (AtlasScorer scorer = new JvmEngine().scorer(ATLAS, DensitySum.TRUNCATED)) {
      ScoreBatch scores = new ScoreBatch();
      DensityRecords maker =
          new DensityRecords(
              new DensityLine(),
              new ScoreMeters(new RecordedMeters()),
              scorer,
              SCORING,
              Samples.SCHEMA.names());
      for (DensityRecord record : scored) {
        long i = 2 * record.offset() + record.partition();
        RawEvent event = Samples.raw(i);
        scorer.score(EventBatch.of(2, Samples.event(i).values()), scores);
        double pValue = maker.pValue(scores, 0);
        byte[] expected = maker.scored(event, event.timestamp(), scores, 0, pValue, Details.NONE);
        assertThat(record).isEqualTo(DensityJson.fromBytes(expected));
      }
    }
  }

  @Test
  void oneSubtaskKeepsTheOrderOfAPartition() throws Exception {
    run(1, false);

    for (int partition = 0; partition < 2; partition++) {
      int its = partition;
      assertThat(records())
          .filteredOn(record -> record.partition() == its)
          .extracting(DensityRecord::offset)
          .isSorted();
    }
  }

  private void run(int parallelism, boolean killed) throws Exception {
    ChartflowConfig config =
        Samples.config().withFlink(new FlinkConfig(Duration.ofMillis(50), null, parallelism));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism);
    DataStream<RawEvent> events = Streams.records(env, ScoreJobTest::record, RECORDS, 100);
    ScoreJob.define(
        env,
        config,
        EngineFactory.jvm(),
        new ScoreJob.Ends(
            killed ? Streams.failingOnceAt(events, 0, 222) : events,
            new Whole(),
            densities,
            deadLetters),
        Optional.empty());
    env.execute();
  }

  private List<DensityRecord> records() {
    return densities.messages().stream()
        .map(message -> DensityJson.fromBytes(Objects.requireNonNull(message.value())))
        .toList();
  }

  private static RawEvent record(long i) {
    return isBad(i) ? Samples.raw(i, "{\"x\":1}") : Samples.raw(i);
  }

  private static boolean isBad(long i) {
    return i % 13 == 5;
  }

  private static List<String> places(boolean bad) {
    return LongStream.range(0, RECORDS)
        .filter(i -> isBad(i) == bad)
        .mapToObj(i -> i % 2 + "@" + i / 2)
        .toList();
  }

  private static String place(KafkaMessage letter) {
    return header(letter, DeadLetters.PARTITION) + "@" + header(letter, DeadLetters.OFFSET);
  }

  private static String header(KafkaMessage letter, String name) {
    return new String(Objects.requireNonNull(letter.headers().get(name)), StandardCharsets.UTF_8);
  }

  /** Brings all of {@link #ATLAS} at once. */
  private static final class Whole implements AtlasFeed {

    private static final long serialVersionUID = 1L;

    @Override
    public AutoCloseable open(Taker taker, Consumer<RuntimeException> failed) {
      for (KafkaMessage message : AtlasChunks.split(ATLAS, "atlas", 4_000)) {
        taker.take(0, message.key(), message.value());
      }
      return () -> {};
    }
  }
}
