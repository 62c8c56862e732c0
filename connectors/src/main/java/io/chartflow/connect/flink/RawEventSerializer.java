package io.chartflow.connect.flink;

import io.chartflow.connect.event.RawEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Raw events between operators: topic, partition, offset, timestamp, key, value. */
public final class RawEventSerializer extends ValueSerializer<RawEvent> {

  private static final long serialVersionUID = 1L;

  @Override
  public RawEvent createInstance() {
    return new RawEvent("", 0, 0, -1, null, null);
  }

  @Override
  public void serialize(RawEvent record, DataOutputView target) throws IOException {
    Wire.writeText(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.timestamp());
    Wire.writeBytes(record.key(), target);
    Wire.writeBytes(record.value(), target);
  }

  @Override
  public RawEvent deserialize(DataInputView source) throws IOException {
    return new RawEvent(
        Wire.readText(source),
        source.readInt(),
        source.readLong(),
        source.readLong(),
        Wire.readBytes(source),
        Wire.readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<RawEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The form that checkpoints name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawEvent> {

    /** Called by Flink when it restores. */
    public Snapshot() {
      super(RawEventSerializer::new);
    }
  }
}
