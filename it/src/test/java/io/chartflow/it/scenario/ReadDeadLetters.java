package io.chartflow.it.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.DeadLetters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The dead letters of a scenario, as a reader of committed records sees them. */
record ReadDeadLetters(List<ConsumerRecord<byte[], byte[]>> letters) {

  /** Waits for {@code count} letters, and a moment longer for one too many. */
  static ReadDeadLetters read(ChartflowConfig config, int count, Duration patience) {
    return new ReadDeadLetters(
        new Topic(config, config.topics().deadLetters()).readExactly(count, patience));
  }

  /** One letter for each spoiled event, with its position, its true reason and its bytes. */
  void tellTheTruthAbout(Map<String, SpoiledEvent> spoiled) {
    Map<String, ConsumerRecord<byte[], byte[]>> byPosition = new HashMap<>();
    letters.forEach(letter -> byPosition.put(position(letter), letter));
    assertThat(letters).hasSize(spoiled.size());
    assertThat(byPosition.keySet()).isEqualTo(spoiled.keySet());
    spoiled.forEach(
        (position, kind) -> {
          ConsumerRecord<byte[], byte[]> letter =
              Objects.requireNonNull(byPosition.get(position), position);
          assertThat(header(letter, DeadLetters.REASON))
              .as("reason of %s (%s)", position, kind)
              .isEqualTo(kind.reason().name());
          assertThat(header(letter, DeadLetters.MESSAGE)).contains(position);
          assertThat(letter.value()).as("bytes of %s (%s)", position, kind).isEqualTo(kind.bytes());
        });
  }

  private static String position(ConsumerRecord<byte[], byte[]> letter) {
    return header(letter, DeadLetters.TOPIC)
        + "-"
        + header(letter, DeadLetters.PARTITION)
        + "@"
        + header(letter, DeadLetters.OFFSET);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = Objects.requireNonNull(letter.headers().lastHeader(name), name);
    return new String(header.value(), UTF_8);
  }
}
