package io.chartflow.connect.topic;

import io.chartflow.connect.config.ChartflowConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a configuration: made where they are missing, checked where they are not. */
public final class Topics {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChartflowConfig config;
  private final Admin admin;

  private Topics(ChartflowConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Creates the topics that are missing, waits until they can be used, and checks all of them.
   *
   * @throws IllegalStateException naming everything that is wrong with the topics, or the servers
   *     that did not answer
   */
  public static void ensure(ChartflowConfig config) {
    try (Admin admin = connect(config)) {
      Topics topics = new Topics(config, admin);
      List<NewTopic> made = topics.createMissing();
      List<String> problems = TopicCheck.problems(config, topics.describe());
      if (!problems.isEmpty()) {
        throw new IllegalStateException(String.join("\n", problems));
      }
      topics.awaitLeaders(made);
    }
  }

  private static Admin connect(ChartflowConfig config) {
    try {
      return Admin.create(KafkaClients.adminProperties(config));
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "Kafka at " + config.kafka().bootstrapServers() + ": " + cause.getMessage(), e);
    }
  }

  private List<NewTopic> createMissing() {
    Set<String> present = await(admin.listTopics().names(), "list topics");
    List<NewTopic> missing =
        new TopicPlan(config)
            .topics().stream().filter(topic -> !present.contains(topic.name())).toList();
    for (Map.Entry<String, KafkaFuture<Void>> made :
        admin.createTopics(missing).values().entrySet()) {
      try {
        await(made.getValue(), "create topic " + made.getKey());
      } catch (IllegalStateException e) {
        // Another process may have been faster; what it made is checked as any other.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return missing;
  }

  /**
   * Returns when each partition answers. A broker tells of a new partition before it leads it: an
   * idempotent producer that is that early has its first batch refused, perhaps its second taken,
   * and then its first for ever out of sequence.
   */
  private void awaitLeaders(List<NewTopic> made) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : made) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    if (!ends.isEmpty()) {
      Map<?, ?> unused = await(admin.listOffsets(ends).all(), "serve the topics that were made");
    }
  }

  private Map<String, TopicCheck.Found> describe() {
    List<String> names = new TopicPlan(config).topics().stream().map(NewTopic::name).toList();
    Map<String, TopicDescription> described = describeOnceVisible(names);
    List<ConfigResource> resources = new ArrayList<>();
    names.forEach(name -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, name)));
    Map<ConfigResource, Config> settings =
        await(admin.describeConfigs(resources).all(), "describe the settings of topics");
    Map<String, TopicCheck.Found> found = new LinkedHashMap<>();
    settings.forEach(
        (resource, entries) -> {
          Map<String, String> values = new LinkedHashMap<>();
          for (ConfigEntry entry : entries.entries()) {
            if (entry.value() != null) {
              values.put(entry.name(), entry.value());
            }
          }
          TopicDescription topic = described.get(resource.name());
          int partitions = topic == null ? 0 : topic.partitions().size();
          found.put(resource.name(), new TopicCheck.Found(partitions, values));
        });
    return found;
  }

  /** A topic that was just made is told to all brokers a moment later. */
  private Map<String, TopicDescription> describeOnceVisible(List<String> names) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return await(admin.describeTopics(names).allTopicNames(), "describe topics " + names);
      } catch (IllegalStateException e) {
        boolean early = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!early || System.nanoTime() >= deadline) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private <T> T await(KafkaFuture<T> future, String what) {
    String task = "Kafka at " + config.kafka().bootstrapServers() + " was asked to " + what;
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(task + ": " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          task + " and did not answer in " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(task + " and was interrupted", e);
    }
  }
}
