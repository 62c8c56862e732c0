package io.chartflow.it.scenario;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.config.TopicsConfig;
import io.chartflow.it.kafka.KafkaUnderTest;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.DensitySum;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Configurations of scenarios: a small model that learns at once, short checkpoints. */
final class Stage {

  private static final int BATCH = 128;

  /** Events from one published version to the next: whole batches, so that it is exact. */
  static final int EVERY = 32 * BATCH;

  private Stage() {}

  /** A scenario's configuration with topics of its own. */
  static ChartflowConfig of(KafkaUnderTest kafka, String scenario, Path checkpoints) {
    ChartflowConfig config =
        ChartflowConfig.of(kafka.bootstrapServers(), SchemaConfig.ofNames("x", "y", "z"));
    return config
        .withTopics(TopicsConfig.DEFAULTS.withPrefix(scenario.toLowerCase(Locale.ROOT) + "-"))
        .withModel(model())
        .withPublishing(new PublishingConfig(EVERY, Duration.ofDays(1), 1000))
        .withScoring(new ScoringConfig(DensitySum.TRUNCATED, 64, Duration.ofMillis(20), 2L * EVERY))
        .withFlink(new FlinkConfig(Duration.ofMillis(500), checkpoints.toUri().toString(), 2));
  }

  /** Topics of one partition, so that the order of the events is the same for every reader. */
  static ChartflowConfig onOnePartition(ChartflowConfig config) {
    return config.withTopics(config.topics().withPartitions(1));
  }

  /** The same events, learned into another topic. */
  static ChartflowConfig withAnotherAtlas(ChartflowConfig config) {
    TopicsConfig topics = config.topics();
    return config.withTopics(
        new TopicsConfig(
            topics.events(),
            topics.densities(),
            topics.atlas() + "-again",
            topics.deadLetters(),
            topics.statistics(),
            topics.partitions(),
            topics.replication()));
  }

  /** Lets the events topic take records of {@code bytes}. */
  static void allowLongEvents(ChartflowConfig config, int bytes) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, config.topics().events());
    ConfigEntry entry =
        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    AlterConfigOp set = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
    Map<String, Object> servers = Map.of("bootstrap.servers", config.kafka().bootstrapServers());
    try (Admin admin = Admin.create(servers)) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot set max.message.bytes of " + topic, e);
    }
  }

  private static AtlasConfig model() {
    AtlasConfig defaults = AtlasConfig.defaults(3);
    TrainingConfig training = defaults.training();
    return defaults
        .withCharts(new ChartsConfig(16, 2, 0.1))
        .withSeed(11)
        .withTraining(
            new TrainingConfig(
                BATCH,
                8 * BATCH,
                training.learningRate(),
                training.rateHalving(),
                0.9,
                training.gradientClip(),
                training.chartLearningRate(),
                10,
                training.chartRateFloor(),
                10));
  }
}
