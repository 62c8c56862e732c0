package io.chartflow.connect.flink;

import io.chartflow.connect.event.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Events between operators: topic, partition, offset, event time, key, values. */
public final class EventSerializer extends ValueSerializer<Event> {

  private static final long serialVersionUID = 1L;

  @Override
  public Event createInstance() {
    return new Event("", 0, 0, 0, null, new double[0]);
  }

  @Override
  public void serialize(Event record, DataOutputView target) throws IOException {
    Wire.writeText(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.eventTime());
    Wire.writeBytes(record.key(), target);
    double[] values = record.values();
    target.writeInt(values.length);
    for (double value : values) {
      target.writeDouble(value);
    }
  }

  @Override
  public Event deserialize(DataInputView source) throws IOException {
    String topic = Wire.readText(source);
    int partition = source.readInt();
    long offset = source.readLong();
    long eventTime = source.readLong();
    byte @Nullable [] key = Wire.readBytes(source);
    double[] values = new double[source.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.readDouble();
    }
    return new Event(topic, partition, offset, eventTime, key, values);
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The form that checkpoints name. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {

    /** Called by Flink when it restores. */
    public Snapshot() {
      super(EventSerializer::new);
    }
  }
}
