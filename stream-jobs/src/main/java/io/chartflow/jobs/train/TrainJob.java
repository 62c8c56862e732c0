package io.chartflow.jobs.train;

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
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Learns the density of the events and publishes atlas versions: events → decode → train → atlas.
 *
 * <p>One task, since a model has one writer. Records that do not decode are counted and dropped
 * here: the score job, which reads the same topic, writes the dead letters.
 */
public final class TrainJob {

  /** The job's name in Flink. */
  public static final String NAME = "chartflow-train";

  private static final String USAGE = "usage: TrainJob --config chartflow.yaml";

  private TrainJob() {}

  /** {@code --config chartflow.yaml}. */
  public static void main(String[] args) {
    JobMain.main(USAGE, args, (arguments, config, env) -> run(config, env));
  }

  /**
   * Submits the job against Kafka, with the JVM engine and as many threads as {@code
   * flink.learnerThreads} says.
   *
   * @return the running job
   */
  public static JobClient run(ChartflowConfig config, StreamExecutionEnvironment env)
      throws Exception {
    return run(config, env, EngineFactory.jvm(config.flink().learnerThreads()));
  }

  /**
   * Submits the job against Kafka: makes missing topics, looks up the newest version that was ever
   * published, so that new ones are above it, and joins Kafka's source and sink by {@link #define}.
   *
   * @return the running job
   */
  public static JobClient run(
      ChartflowConfig config, StreamExecutionEnvironment env, EngineFactory engines)
      throws Exception {
    Topics.ensure(config);
    long versionFloor =
        AtlasTopicReader.latest(config).map(atlas -> atlas.manifest().version()).orElse(0L);
    connect(env, config, engines, versionFloor);
    return env.executeAsync(NAME);
  }

  /** The pipeline between Kafka's source and sink. */
  static void connect(
      StreamExecutionEnvironment env,
      ChartflowConfig config,
      EngineFactory engines,
      long versionFloor) {
    DataStream<RawEvent> events =
        env.fromSource(
                KafkaIo.events(config, NAME + "-" + config.topics().atlas()),
                WatermarkStrategy.noWatermarks(),
                "events")
            .uid("events")
            .setParallelism(1);
    Sink<KafkaMessage> atlas = KafkaIo.sink(config, NAME + "-" + config.topics().atlas());
    define(env, config, engines, versionFloor, events, atlas);
  }

  /**
   * The pipeline.
   *
   * @param versionFloor a number that every version has to be above, 0 if none was ever published
   * @param events the records of the events topic, with a uid of their own
   * @param atlas takes the records of the atlas topic
   */
  public static void define(
      StreamExecutionEnvironment env,
      ChartflowConfig config,
      EngineFactory engines,
      long versionFloor,
      DataStream<RawEvent> events,
      Sink<KafkaMessage> atlas) {
    CheckpointSetup.apply(env, config.flink());
    DataStream<Event> decoded =
        events
            .process(new DecodeFunction(config.schema()), ChartflowTypes.EVENT)
            .name("decode")
            .uid("decode")
            .setParallelism(1);
    decoded
        .transform(
            "train",
            ChartflowTypes.KAFKA_MESSAGE,
            new TrainOperator(
                config.model(),
                config.publishing(),
                config.topics().atlas(),
                versionFloor,
                engines))
        .uid("train")
        .setParallelism(1)
        .sinkTo(atlas)
        .name("atlas")
        .uid("atlas")
        .setParallelism(1);
  }
}
