package io.chartflow.connect.flink;

import io.chartflow.connect.topic.KafkaMessage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Messages on their way to a sink: topic, key, value, timestamp, headers in their order. */
public final class KafkaMessageSerializer extends ValueSerializer<KafkaMessage> {

  private static final long serialVersionUID = 1L;

  @Override
  public KafkaMessage createInstance() {
    return KafkaMessage.of("", null, null, null);
  }

  @Override
  public void serialize(KafkaMessage record, DataOutputView target) throws IOException {
    Wire.writeText(record.topic(), target);
    Wire.writeBytes(record.key(), target);
    Wire.writeBytes(record.value(), target);
    @Nullable Long timestamp = record.timestamp();
    target.writeBoolean(timestamp != null);
    if (timestamp != null) {
      target.writeLong(timestamp);
    }
    target.writeInt(record.headers().size());
    for (Map.Entry<String, byte[]> header : record.headers().entrySet()) {
      Wire.writeText(header.getKey(), target);
      Wire.writeBytes(header.getValue(), target);
    }
  }

  @Override
  public KafkaMessage deserialize(DataInputView source) throws IOException {
    String topic = Wire.readText(source);
    byte @Nullable [] key = Wire.readBytes(source);
    byte @Nullable [] value = Wire.readBytes(source);
    @Nullable Long timestamp = null;
    if (source.readBoolean()) {
      timestamp = source.readLong();
    }
    int count = source.readInt();
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      headers.put(Wire.readText(source), Wire.readPresentBytes(source));
    }
    return new KafkaMessage(topic, key, value, timestamp, headers);
  }

  @Override
  public TypeSerializerSnapshot<KafkaMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The form that checkpoints name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<KafkaMessage> {

    /** Called by Flink when it restores. */
    public Snapshot() {
      super(KafkaMessageSerializer::new);
    }
  }
}
