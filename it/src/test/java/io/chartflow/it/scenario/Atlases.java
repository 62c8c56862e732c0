package io.chartflow.it.scenario;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The versions of an atlas topic, in the order in which they were completed. */
record Atlases(List<Atlas> versions) {

  /** Reads until {@code count} versions are complete. */
  static Atlases read(ChartflowConfig config, int count, Duration patience) {
    return of(
        new Topic(config, config.topics().atlas())
            .readUntil(records -> of(records).versions().size() >= count, patience));
  }

  private static Atlases of(List<ConsumerRecord<byte[], byte[]>> records) {
    AtlasAssembler assembler = new AtlasAssembler();
    List<Atlas> versions = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      assembler.accept(record.key(), record.value()).ifPresent(versions::add);
    }
    return new Atlases(versions);
  }

  /** The numbers of the versions. */
  List<Long> numbers() {
    return versions.stream().map(atlas -> atlas.manifest().version()).toList();
  }

  /** The version of this number. */
  Optional<Atlas> version(long number) {
    return versions.stream().filter(atlas -> atlas.manifest().version() == number).findFirst();
  }

  /** Every version to the last bit, as text that a failed comparison can show the head of. */
  List<String> bits() {
    return versions.stream()
        .map(atlas -> HexFormat.of().formatHex(AtlasCodec.encode(atlas)))
        .toList();
  }
}
