package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasFeed;
import io.chartflow.connect.atlas.AtlasTopicFeed;
import io.chartflow.connect.atlas.AtlasTopicReader;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.ChartflowTypes;
import io.chartflow.connect.flink.KafkaIo;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.connect.topic.Topics;
import io.chartflow.jobs.CheckpointSetup;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.JobMain;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one density record for every event that decodes, and one dead letter for every other:
 * events → score. One task reads, decodes, scores and writes, and reads the atlas topic beside.
 *
 * <p>No watermarks: density records carry the event's time. Before the first atlas version events
 * come out as {@code NO_ATLAS}; {@code --await-atlas} waits for it before the job is submitted, and
 * then none does: a submitted job carries the newest version.
 */
public final class ScoreJob {

  /** The job's name in Flink. */
  public static final String NAME = "chartflow-score";

  private static final Logger LOGGER = LoggerFactory.getLogger(ScoreJob.class);

  private static final String USAGE =
      "usage: ScoreJob --config chartflow.yaml [--await-atlas[=10m]]";

  private ScoreJob() {}

  /** {@code --config chartflow.yaml [--await-atlas[=DURATION]]}. */
  public static void main(String[] args) {
    JobMain.main(
        USAGE,
        args,
        (arguments, config, env) -> {
          if (arguments.awaitAtlas() != null) {
            Topics.ensure(config);
            awaitAtlas(config, arguments.awaitAtlas());
          }
          return run(config, env);
        });
  }

  /**
   * Waits for a first version of the atlas.
   *
   * @throws IllegalStateException if there is none in that time
   */
  public static void awaitAtlas(ChartflowConfig config, Duration patience) {
    if (AtlasTopicReader.awaitLatest(config, patience).isEmpty()) {
      throw new IllegalStateException(
          "expected a version in topic "
              + config.topics().atlas()
              + " within "
              + patience
              + ", none came; does the train job run?");
    }
  }

  /**
   * Submits the job against Kafka, with the JVM engine.
   *
   * @return the running job
   */
  public static JobClient run(ChartflowConfig config, StreamExecutionEnvironment env)
      throws Exception {
    return run(config, env, EngineFactory.jvm());
  }

  /**
   * Submits the job against Kafka: makes missing topics, gives the newest atlas that there is to
   * every scorer, and joins Kafka's sources and sinks by {@link #define}.
   *
   * @return the running job
   */
  public static JobClient run(
      ChartflowConfig config, StreamExecutionEnvironment env, EngineFactory engines)
      throws Exception {
    Topics.ensure(config);
    connect(env, config, engines, AtlasTopicReader.latest(config).filter(a -> fits(a, config)));
    return env.executeAsync(NAME);
  }

  /** The consumer group whose offsets a job without a checkpoint goes on from. */
  public static String group(ChartflowConfig config) {
    return NAME + "-" + config.topics().densities();
  }

  /** The pipeline between Kafka's sources and sinks. */
  static void connect(
      StreamExecutionEnvironment env,
      ChartflowConfig config,
      EngineFactory engines,
      Optional<Atlas> firstAtlas) {
    int parallelism = config.flink().parallelism();
    DataStream<RawEvent> events =
        env.fromSource(
                KafkaIo.events(config, group(config)), WatermarkStrategy.noWatermarks(), "events")
            .uid("events")
            .setParallelism(parallelism);
    String prefix = NAME + "-";
    define(
        env,
        config,
        engines,
        new Ends(
            events,
            new AtlasTopicFeed(config),
            KafkaIo.scoringSink(config, prefix + config.topics().densities()),
            KafkaIo.scoringSink(config, prefix + config.topics().deadLetters())),
        firstAtlas);
  }

  private static boolean fits(Atlas atlas, ChartflowConfig config) {
    Optional<String> misfit = AtlasKeeper.misfit(atlas, config.schema());
    misfit.ifPresent(
        why -> LOGGER.warn("Topic {}: {}; it is ignored", config.topics().atlas(), why));
    return misfit.isEmpty();
  }

  /**
   * Where the pipeline begins and ends.
   *
   * @param events the records of the events topic, with a uid of their own
   * @param atlases brings each task the messages of the atlas topic
   * @param densities takes the density records
   * @param deadLetters takes what did not decode
   */
  public record Ends(
      DataStream<RawEvent> events,
      AtlasFeed atlases,
      Sink<KafkaMessage> densities,
      Sink<KafkaMessage> deadLetters) {}

  /**
   * The pipeline.
   *
   * @param firstAtlas what scorers that restore no atlas begin with
   */
  public static void define(
      StreamExecutionEnvironment env,
      ChartflowConfig config,
      EngineFactory engines,
      Ends ends,
      Optional<Atlas> firstAtlas) {
    CheckpointSetup.apply(env, config.flink());
    env.setBufferTimeout(bufferTimeoutMillis(config.scoring()));
    int parallelism = config.flink().parallelism();
    SingleOutputStreamOperator<KafkaMessage> scored =
        ends.events()
            .transform(
                "score",
                ChartflowTypes.KAFKA_MESSAGE,
                new ScoreOperatorFactory(
                    config.scoring(),
                    config.schema(),
                    config.topics().densities(),
                    config.topics().deadLetters(),
                    engines,
                    ends.atlases(),
                    firstAtlas.map(AtlasCodec::encode).orElse(null)))
            .uid("score")
            .setParallelism(parallelism);
    scored.sinkTo(ends.densities()).name("densities").uid("densities").setParallelism(parallelism);
    scored
        .getSideOutput(ScoreOperator.DEAD_LETTERS)
        .sinkTo(ends.deadLetters())
        .name("dead-letters")
        .uid("dead-letters")
        .setParallelism(parallelism);
  }

  /**
   * How long an event may wait on its way to the task that scores, where it is not the task that
   * reads it: where a source cannot be chained, or a cluster chains nothing. A quarter of what it
   * may wait there; Flink's default of 100 ms would be several times the delay that is configured.
   */
  private static long bufferTimeoutMillis(ScoringConfig scoring) {
    return Math.max(1, Math.min(100, scoring.delay().toMillis() / 4));
  }
}
