package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.jobs.CommittedSink;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.Samples;
import io.chartflow.jobs.Streams;
import io.chartflow.model.atlas.Atlas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainJobTest {

  private static final long EVENTS = 1_003;

  @TempDir private Path folder;

  @Test
  void aKilledJobGoesOnToTheVersionsOfAnUninterruptedOne() throws Exception {
    CommittedSink uninterrupted = new CommittedSink();
    StreamExecutionEnvironment env = environment(new Configuration());
    TrainJob.define(env, Samples.config(), EngineFactory.jvm(), 0, events(env, 200), uninterrupted);
    env.execute();

    CommittedSink killed = new CommittedSink();
    env = environment(new Configuration());
    DataStream<RawEvent> failing = Streams.failingOnceAt(events(env, 100), 1, 268);
    TrainJob.define(env, Samples.config(), EngineFactory.jvm(), 0, failing, killed);
    env.execute();

    assertThat(atlases(killed)).isEqualTo(atlases(uninterrupted)).hasSize(7);
    assertThat(killed.messages()).isEqualTo(uninterrupted.messages());
    assertThat(atlases(killed))
        .extracting(atlas -> atlas.manifest().version())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(atlases(killed).get(6).manifest().events()).isEqualTo(EVENTS);
  }

  @Test
  void aCancelledJobGoesOnFromTheCheckpointThatIsKept() throws Exception {
    ChartflowConfig config =
        Samples.config()
            .withFlink(new FlinkConfig(Duration.ofMillis(50), folder.toUri().toString(), 1));
    CommittedSink sink = new CommittedSink();
    StreamExecutionEnvironment env = environment(new Configuration());
    TrainJob.define(env, config, EngineFactory.jvm(), 0, events(env, 16), sink);
    JobClient first = env.executeAsync();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> atlases(sink).size() >= 2);
    first.cancel().get(30, TimeUnit.SECONDS);
    first.getJobExecutionResult().handle((result, failure) -> true).get(30, TimeUnit.SECONDS);
    int before = atlases(sink).size();

    Configuration restored = new Configuration();
    restored.set(StateRecoveryOptions.SAVEPOINT_PATH, newestCheckpoint().toString());
    env = environment(restored);
    TrainJob.define(env, config, EngineFactory.jvm(), 0, events(env, 200), sink);
    env.execute();

    assertThat(before).isBetween(2, 6);
    assertThat(atlases(sink))
        .extracting(atlas -> atlas.manifest().version())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(atlases(sink).get(6).manifest().events()).isEqualTo(EVENTS);
  }

  @Test
  void badRecordsAreSkipped() throws Exception {
    CommittedSink sink = new CommittedSink();
    StreamExecutionEnvironment env = environment(new Configuration());
    DataStream<RawEvent> events =
        Streams.records(
            env, i -> i % 10 == 3 ? Samples.raw(i, "{\"x\":NaN}") : Samples.raw(i), 400, 200);
    TrainJob.define(env, Samples.config(), EngineFactory.jvm(), 0, events, sink);
    env.execute();

    assertThat(atlases(sink))
        .extracting(atlas -> atlas.manifest().events())
        .containsExactly(160L, 320L, 360L);
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
  }

  private static DataStream<RawEvent> events(StreamExecutionEnvironment env, int perCheckpoint) {
    return Streams.records(env, Samples::raw, EVENTS, perCheckpoint);
  }

  private static List<Atlas> atlases(CommittedSink sink) {
    AtlasAssembler assembler = new AtlasAssembler();
    return sink.messages().stream()
        .flatMap(message -> assembler.accept(message.key(), message.value()).stream())
        .toList();
  }

  private Path newestCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().equals("_metadata"))
          .map(Path::getParent)
          .max(Comparator.comparing(TrainJobTest::number))
          .orElseThrow();
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
  }
}
