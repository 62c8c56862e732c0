package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasTopicReader;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.ChartflowTypes;
import io.chartflow.connect.flink.KafkaIo;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.connect.topic.Topics;
import io.chartflow.jobs.CheckpointSetup;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.JobMain;
import io.chartflow.jobs.decode.DecodeFunction;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Writes one density record for every event that decodes, and one dead letter for every other:
 * events → decode → score ← atlas (broadcast).
 *
 * <p>No watermarks: density records carry the event's time. Before the first atlas version events
 * come out as {@code NO_ATLAS}; {@code --await-atlas} waits for it before the job is submitted.
 */
public final class ScoreJob {

  /** The job's name in Flink. */
  public static final String NAME = "chartflow-score";

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
   * Submits the job against Kafka: makes missing topics and joins Kafka's sources and sinks by
   * {@link #define}.
   *
   * @return the running job
   */
  public static JobClient run(
      ChartflowConfig config, StreamExecutionEnvironment env, EngineFactory engines)
      throws Exception {
    Topics.ensure(config);
    connect(env, config, engines);
    return env.executeAsync(NAME);
  }

  /** The pipeline between Kafka's sources and sinks. */
  static void connect(
      StreamExecutionEnvironment env, ChartflowConfig config, EngineFactory engines) {
    int parallelism = config.flink().parallelism();
    DataStream<RawEvent> events =
        env.fromSource(
                KafkaIo.events(config, NAME + "-" + config.topics().densities()),
                WatermarkStrategy.noWatermarks(),
                "events")
            .uid("events")
            .setParallelism(parallelism);
    DataStream<RawEvent> atlas =
        env.fromSource(KafkaIo.atlasRecords(config), WatermarkStrategy.noWatermarks(), "atlas")
            .uid("atlas")
            .setParallelism(1);
    String prefix = NAME + "-";
    define(
        env,
        config,
        engines,
        events,
        atlas,
        KafkaIo.sink(config, prefix + config.topics().densities()),
        KafkaIo.sink(config, prefix + config.topics().deadLetters()));
  }

  /**
   * The pipeline.
   *
   * @param events the records of the events topic, with a uid of their own
   * @param atlas the records of the atlas topic, with a uid of their own
   * @param densities takes the density records
   * @param deadLetters takes what did not decode
   */
  public static void define(
      StreamExecutionEnvironment env,
      ChartflowConfig config,
      EngineFactory engines,
      DataStream<RawEvent> events,
      DataStream<RawEvent> atlas,
      Sink<KafkaMessage> densities,
      Sink<KafkaMessage> deadLetters) {
    CheckpointSetup.apply(env, config.flink());
    int parallelism = config.flink().parallelism();
    SingleOutputStreamOperator<Event> decoded =
        events
            .process(
                DecodeFunction.withDeadLetters(config.schema(), config.topics().deadLetters()),
                ChartflowTypes.EVENT)
            .name("decode")
            .uid("decode")
            .setParallelism(parallelism);
    decoded
        .getSideOutput(DecodeFunction.DEAD_LETTERS)
        .sinkTo(deadLetters)
        .name("dead-letters")
        .uid("dead-letters")
        .setParallelism(parallelism);
    decoded
        .connect(atlas.broadcast())
        .transform(
            "score",
            ChartflowTypes.KAFKA_MESSAGE,
            new ScoreOperator(
                config.scoring(),
                config.schema().dimension(),
                config.topics().densities(),
                engines))
        .uid("score")
        .setParallelism(parallelism)
        .sinkTo(densities)
        .name("densities")
        .uid("densities")
        .setParallelism(parallelism);
  }
}
