package io.chartflow.it.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.MonitorConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.Topics;
import io.chartflow.it.kafka.KafkaInProcess;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.ops.Monitor;
import io.chartflow.ops.monitor.StatisticsJson;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long WINDOW = 10_000;

  /** An hour ago: a broker deletes what is older than its retention. */
  private static final long START = System.currentTimeMillis() / WINDOW * WINDOW - 3_600_000;

  private static final int WINDOWS = 20;
  private static final int PER_WINDOW = 1_000;
  private static final int PARTITIONS = 4;

  private final KafkaInProcess kafka = new KafkaInProcess();

  @AfterAll
  void close() {
    kafka.close();
  }

  @Test
  void aBacklogOfSeveralPartitionsIsCountedOnceOverARestart(@TempDir Path state) throws Exception {
    ChartflowConfig config =
        ChartflowConfig.of(kafka.bootstrapServers(), SchemaConfig.ofNames("x", "y"))
            .withMonitor(
                new MonitorConfig(
                    Duration.ofMillis(WINDOW), Duration.ofSeconds(5), "127.0.0.1", 0, "watch"));
    Topics.ensure(config);
    write(config, 0, WINDOWS / 2);
    List<StatisticsRecord> seen = new CopyOnWriteArrayList<>();
    try (Monitor ignored = Monitor.start(config, state.resolve("one"), true, seen::add)) {
      await().atMost(PATIENCE).until(() -> !statistics(config).isEmpty());
    }
    write(config, WINDOWS / 2, WINDOWS);
    writeJunk(config);
    try (Monitor monitor = Monitor.start(config, state.resolve("two"))) {
      await().atMost(PATIENCE).until(() -> statistics(config).size() == WINDOWS);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(monitor.scrape()).contains("chartflow_monitor_unreadable_total 1.0"));
      assertThat(monitor.scrape()).contains("chartflow_monitor_late_total 0.0");
      assertThat(get(monitor, "/healthz")).isEqualTo("RUNNING\n");
      assertThat(get(monitor, "/api/statistics")).contains("\"window_start\":" + START);
    }

    assertThat(seen).isNotEmpty();
    List<StatisticsRecord> windows = statistics(config);
    assertThat(windows).extracting(StatisticsRecord::windowStart).doesNotHaveDuplicates();
    assertThat(windows).extracting(StatisticsRecord::events).containsOnly((long) PER_WINDOW);
    assertThat(windows).allMatch(StatisticsRecord::complete);
  }

  /** Densities of these windows, spread over the partitions; within each, in order of time. */
  private static void write(ChartflowConfig config, int from, int to) throws Exception {
    Random random = new Random(from);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from * PER_WINDOW; i < to * PER_WINDOW; i++) {
      long time = START + i * (WINDOW / PER_WINDOW);
      byte[] value = DensityJson.toBytes(density(i, time, random.nextGaussian()));
      records.add(
          new ProducerRecord<>(config.topics().densities(), i % PARTITIONS, time, null, value));
    }
    send(config, records);
  }

  private static void writeJunk(ChartflowConfig config) throws Exception {
    byte[] junk = "junk".getBytes(UTF_8);
    send(config, List.of(new ProducerRecord<>(config.topics().densities(), 0, START, null, junk)));
  }

  private static void send(ChartflowConfig config, List<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(KafkaClients.producerProperties(config))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static DensityRecord density(int i, long time, double logDensity) {
    return new DensityRecord(
        "events",
        i % PARTITIONS,
        i / PARTITIONS,
        time,
        DensityStatus.OK,
        logDensity,
        DensitySum.TRUNCATED,
        -logDensity,
        null,
        null,
        null,
        0,
        List.of(new ChartProbability(0, 1f)),
        0f,
        1L,
        "0123456789abcdef",
        1_000L,
        START,
        false);
  }

  private static List<StatisticsRecord> statistics(ChartflowConfig config) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(KafkaClients.consumerProperties(config))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(config.topics().statistics()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<StatisticsRecord> windows = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> windows.add(StatisticsJson.fromBytes(record.value())));
      }
      return windows;
    }
  }

  private static String get(Monitor monitor, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + monitor.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
