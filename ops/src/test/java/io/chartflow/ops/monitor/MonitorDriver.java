package io.chartflow.ops.monitor;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MonitorConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The topology in Kafka's test driver: windows of 10 s, 5 s of grace, a wall clock that moves when
 * told to. The driver runs one partition; what several do is {@code PartitionClocksTest}'s.
 */
final class MonitorDriver implements AutoCloseable, MonitorMetrics {

  static final long WINDOW = 10_000;

  /** Windows as the observer saw them. */
  final List<StatisticsRecord> seen = new ArrayList<>();

  long unreadable;
  long late;
  long read;

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> densities;
  private final TestOutputTopic<String, StatisticsRecord> statistics;

  MonitorDriver(Path stateDirectory) {
    ChartflowConfig config = config(MonitorConfig.DEFAULTS);
    driver =
        new TopologyTestDriver(
            MonitorTopology.define(config, this, seen::add),
            MonitorStreams.properties(config, stateDirectory, true),
            Instant.ofEpochMilli(100_000));
    densities =
        driver.createInputTopic(
            config.topics().densities(), new ByteArraySerializer(), new ByteArraySerializer());
    statistics =
        driver.createOutputTopic(
            config.topics().statistics(),
            new StringDeserializer(),
            StatisticsJson.serde().deserializer());
  }

  static ChartflowConfig config(MonitorConfig monitor) {
    SchemaConfig schema =
        new SchemaConfig(
            List.of(
                new FieldConfig("x", "x", 0, -100, 100), new FieldConfig("y", "y", 0, -100, 100)),
            null,
            TimeFormat.MILLIS,
            1 << 20);
    return ChartflowConfig.of("127.0.0.1:9", schema).withMonitor(monitor);
  }

  void pipe(Densities densities) {
    pipe(densities.build());
  }

  void pipe(DensityRecord density) {
    pipe(DensityJson.toBytes(density), density.eventTime());
  }

  void pipe(byte[] value, long time) {
    densities.pipeInput(null, value, Instant.ofEpochMilli(time));
  }

  /** A tombstone. */
  void pipeNothing() {
    densities.pipeInput(new byte[] {1}, null, Instant.ofEpochMilli(1));
  }

  /** Lets a second pass, ten times, so that partials travel and partitions may speak. */
  void settle() {
    for (int i = 0; i < 10; i++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
  }

  /** Lets so long pass that the stream counts as ended. */
  void end() {
    settle();
    settle();
    settle();
  }

  /** Moves the wall clock in one step. */
  void advance(Duration by) {
    driver.advanceWallClockTime(by);
  }

  /** What came into the statistics topic since the last call. */
  List<KeyValue<String, StatisticsRecord>> written() {
    return statistics.readKeyValuesToList();
  }

  @Override
  public void read(DensityStatus status) {
    read++;
  }

  @Override
  public void unreadable() {
    unreadable++;
  }

  @Override
  public void late(long records) {
    late += records;
  }

  @Override
  public void closed(StatisticsRecord window) {}

  @Override
  public void close() {
    driver.close();
  }
}
