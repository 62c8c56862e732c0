package io.chartflow.connect.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.event.RejectReason;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  @Test
  void theOriginalBytesGoWithTheirPlaceAndReason() {
    byte[] value = {1, -1, 0};
    KafkaMessage message = DeadLetters.toMessage(letter(42, value), "dead-letters");

    assertThat(message.topic()).isEqualTo("dead-letters");
    assertThat(message.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(message.value()).isSameAs(value);
    assertThat(message.timestamp()).isEqualTo(42);
    assertThat(texts(message.headers()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "chartflow.topic", "events",
                "chartflow.partition", "2",
                "chartflow.offset", "10433",
                "chartflow.reason", "NOT_FINITE",
                "chartflow.message", "events-2@10433: field \"t\" is NaN"));
  }

  @Test
  void aTombstoneStaysOneAndAnUnknownTimeStaysUnknown() {
    KafkaMessage message = DeadLetters.toMessage(letter(-1, null), "dead-letters");

    assertThat(message.value()).isNull();
    assertThat(message.timestamp()).isNull();
  }

  @Test
  void aValueThatNoMessageCanCarryIsCutAndSaysSo() {
    byte[] value = new byte[DeadLetters.MAX_VALUE_BYTES + 5];
    KafkaMessage message = DeadLetters.toMessage(letter(0, value), "dead-letters");

    assertThat(message.value()).hasSize(DeadLetters.MAX_VALUE_BYTES);
    assertThat(texts(message.headers()))
        .containsEntry("chartflow.original-bytes", Integer.toString(value.length));
  }

  private static DeadLetter letter(long timestamp, byte @Nullable [] value) {
    RawEvent raw = new RawEvent("events", 2, 10433, timestamp, "key".getBytes(UTF_8), value);
    return new DeadLetter(raw, RejectReason.NOT_FINITE, "events-2@10433: field \"t\" is NaN");
  }

  private static Map<String, String> texts(Map<String, byte[]> headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach((name, value) -> texts.put(name, new String(value, UTF_8)));
    return texts;
  }
}
