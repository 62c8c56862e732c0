package io.chartflow.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The density records of a scenario, as a reader of committed records sees them. */
public record Densities(List<DensityRecord> records) {

  /** Waits for {@code count} records, and a moment longer for one too many. */
  public static Densities read(ChartflowConfig config, int count, Duration patience) {
    return of(new Topic(config, config.topics().densities()).readExactly(count, patience));
  }

  /** Waits until some events were scored by a version. */
  public static Densities awaitScored(ChartflowConfig config, Duration patience) {
    return of(
        new Topic(config, config.topics().densities())
            .readUntil(
                records -> of(records).records().stream().anyMatch(Densities::isScored), patience));
  }

  private static Densities of(List<ConsumerRecord<byte[], byte[]>> records) {
    return new Densities(
        records.stream().map(record -> DensityJson.fromBytes(record.value())).toList());
  }

  /** {@code topic-partition@offset} of every record. */
  public List<String> positions() {
    return records.stream().map(Densities::position).toList();
  }

  /** Records that a version scored. */
  public List<DensityRecord> scored() {
    return records.stream().filter(Densities::isScored).toList();
  }

  /** Every event at one of {@code positions} has one record, and there are no others. */
  public Densities coverExactly(List<String> expected) {
    assertThat(positions()).as("positions").containsExactlyInAnyOrderElementsOf(expected);
    return this;
  }

  /** Records that were scored have finite densities. */
  public Densities areFinite() {
    assertThat(scored())
        .as("scored records")
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.logDensity()).as(position(record)).isFinite());
    return this;
  }

  /** Along a partition the versions never fall, and a record without an atlas comes before all. */
  public Densities haveMonotoneVersions() {
    Map<Integer, List<DensityRecord>> byPartition =
        records.stream()
            .sorted(Comparator.comparingLong(DensityRecord::offset))
            .collect(
                Collectors.groupingBy(DensityRecord::partition, TreeMap::new, Collectors.toList()));
    byPartition.forEach(
        (partition, inOrder) ->
            assertThat(inOrder.stream().map(Densities::version).toList())
                .as("versions along partition %d", partition)
                .isSorted());
    return this;
  }

  /** The version that scored a record; 0 under {@link DensityStatus#NO_ATLAS}. */
  public static long version(DensityRecord record) {
    Long version = record.atlasVersion();
    return version == null ? 0 : version;
  }

  private static String position(DensityRecord record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  private static boolean isScored(DensityRecord record) {
    return record.status() != DensityStatus.NO_ATLAS;
  }
}
