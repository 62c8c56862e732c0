package io.chartflow.bench.pipeline;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.KafkaConfig;
import io.chartflow.connect.config.TopicsConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.connect.topic.Topics;
import io.chartflow.local.TemporaryDirectory;
import io.chartflow.local.broker.EmbeddedKafka;
import io.chartflow.local.cluster.LocalFlink;
import io.chartflow.model.atlas.Atlas;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker and a Flink cluster in this process, on which one measurement follows the other. */
final class Stand implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Stand.class);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final LocalFlink flink;
  private final ChartflowConfig config;

  /** Starts both; {@code settings} are those of a user, who has checkpoints in a directory. */
  Stand(ChartflowConfig settings) {
    TemporaryDirectory checkpoints = new TemporaryDirectory("chartflow-checkpoints-");
    running.push(checkpoints);
    EmbeddedKafka kafka = EmbeddedKafka.start();
    running.push(kafka);
    FlinkConfig jobs = settings.flink();
    flink = LocalFlink.start(1 + jobs.parallelism(), 0);
    running.push(flink);
    String directory = checkpoints.path().toUri().toString().replaceAll("/$", "");
    config =
        settings
            .withKafka(new KafkaConfig(kafka.bootstrapServers(), settings.kafka().properties()))
            .withFlink(jobs.withCheckpointDirectory(directory));
  }

  /** The cluster. */
  LocalFlink flink() {
    return flink;
  }

  /**
   * Settings with topics of their own, which are made: {@code events-paced}, {@code densities-3}.
   *
   * @param events the events topic
   * @param trial number of the measurement, which names the other topics
   */
  ChartflowConfig topics(String events, int trial) {
    TopicsConfig base = config.topics();
    ChartflowConfig named =
        config.withTopics(
            new TopicsConfig(
                events,
                base.densities() + "-" + trial,
                base.atlas() + "-" + trial,
                base.deadLetters() + "-" + trial,
                base.statistics() + "-" + trial,
                base.partitions(),
                base.replication()));
    Topics.ensure(named);
    return named;
  }

  /**
   * Deletes the topics of a measurement, so that the broker's disk does not work on them longer.
   */
  void drop(ChartflowConfig trial) {
    TopicsConfig topics = trial.topics();
    List<String> names =
        new ArrayList<>(
            List.of(topics.densities(), topics.atlas(), topics.deadLetters(), topics.statistics()));
    if (!topics.events().equals(config.topics().events())) {
      names.add(topics.events());
    }
    try (Admin admin = Admin.create(KafkaClients.adminProperties(trial))) {
      admin.deleteTopics(names).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics " + names + " could not be deleted", e);
    }
  }

  /** Writes a version to the atlas topic. */
  static void publish(ChartflowConfig config, Atlas atlas) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(KafkaClients.producerProperties(config))) {
      for (KafkaMessage each :
          AtlasChunks.split(atlas, config.topics().atlas(), AtlasChunks.DEFAULT_CHUNK_BYTES)) {
        Feed.send(producer, new ProducerRecord<>(each.topic(), each.key(), each.value()));
      }
      producer.flush();
    }
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the benchmark did not stop cleanly: {}", e.toString());
      }
    }
  }
}
