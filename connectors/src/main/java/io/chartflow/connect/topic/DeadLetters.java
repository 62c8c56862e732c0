package io.chartflow.connect.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.RawEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dead letters as messages: the original key and value, byte for byte but for values above 15 MiB,
 * which are cut, the original timestamp, and headers, all UTF-8 text, that say where the record lay
 * and why it was refused.
 */
public final class DeadLetters {

  /** Header: the source topic. */
  public static final String TOPIC = "chartflow.topic";

  /** Header: the source partition, in decimal. */
  public static final String PARTITION = "chartflow.partition";

  /** Header: the source offset, in decimal. */
  public static final String OFFSET = "chartflow.offset";

  /** Header: the name of a {@link io.chartflow.connect.event.RejectReason}. */
  public static final String REASON = "chartflow.reason";

  /** Header: what was expected, what came and where. */
  public static final String MESSAGE = "chartflow.message";

  /** Header of a value that was cut: its original length in bytes, in decimal. */
  public static final String ORIGINAL_BYTES = "chartflow.original-bytes";

  /** Values longer than this are cut, since the message has to fit with its key and headers. */
  public static final int MAX_VALUE_BYTES = KafkaClients.MAX_MESSAGE_BYTES - (1 << 20);

  private DeadLetters() {}

  /** The message of a dead letter, for this topic. */
  public static KafkaMessage toMessage(DeadLetter letter, String topic) {
    RawEvent raw = letter.raw();
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(TOPIC, raw.topic().getBytes(UTF_8));
    headers.put(PARTITION, Integer.toString(raw.partition()).getBytes(UTF_8));
    headers.put(OFFSET, Long.toString(raw.offset()).getBytes(UTF_8));
    headers.put(REASON, letter.reason().name().getBytes(UTF_8));
    headers.put(MESSAGE, letter.message().getBytes(UTF_8));
    byte[] value = raw.value();
    if (value != null && value.length > MAX_VALUE_BYTES) {
      headers.put(ORIGINAL_BYTES, Integer.toString(value.length).getBytes(UTF_8));
      value = Arrays.copyOf(value, MAX_VALUE_BYTES);
    }
    Long timestamp = raw.timestamp() < 0 ? null : raw.timestamp();
    return new KafkaMessage(topic, raw.key(), value, timestamp, headers);
  }
}
