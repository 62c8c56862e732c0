package io.chartflow.connect.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializersTest {

  record Case<T>(TypeInformation<T> type, List<T> values) {

    Case {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return type.toString();
    }

    TypeSerializer<T> serializer() {
      return type.createSerializer(new SerializerConfigImpl());
    }

    byte[] bytesOfAll() throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(16);
      for (T value : values) {
        serializer().serialize(value, out);
      }
      return out.getCopyOfBuffer();
    }

    List<T> readAll(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      List<T> read = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        read.add(serializer.deserialize(in));
      }
      assertThat(in.available()).isZero();
      return read;
    }
  }

  static Stream<Case<?>> cases() {
    byte[] bytes = {0, 1, -1};
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put("b", bytes);
    headers.put("a", new byte[0]);
    return Stream.of(
        new Case<>(
            ChartflowTypes.RAW_EVENT,
            List.of(
                new RawEvent("ereignisse-ü", 3, Long.MAX_VALUE, -1, bytes, bytes),
                new RawEvent("", 0, 0, 0, null, new byte[0]),
                new RawEvent("e", 1, 2, 3, new byte[0], null),
                new RawEvent("e", 1, 2, 3, null, new byte[100_000]))),
        new Case<>(
            ChartflowTypes.EVENT,
            List.of(
                new Event("e", 3, 5, 7, bytes, new double[] {1, -0.0, Double.MIN_VALUE, 1e300}),
                new Event("e", 3, 5, 7, null, new double[0]))),
        new Case<>(
            ChartflowTypes.KAFKA_MESSAGE,
            List.of(
                new KafkaMessage("d", bytes, bytes, 17L, headers),
                KafkaMessage.of("d", null, null, null),
                KafkaMessage.of("d", new byte[0], null, -1L))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void valuesComeBack(Case<T> values) throws IOException {
    assertThat(values.readAll(values.serializer(), values.bytesOfAll())).isEqualTo(values.values());
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void bytesAreCopiedAsTheyAre(Case<T> values) throws IOException {
    byte[] bytes = values.bytesOfAll();
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    DataOutputSerializer out = new DataOutputSerializer(16);
    for (int i = 0; i < values.values().size(); i++) {
      values.serializer().copy(in, out);
    }

    assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void aSnapshotRestoresASerializerThatReadsOldBytes(Case<T> values) throws IOException {
    TypeSerializer<T> serializer = values.serializer();
    DataOutputSerializer out = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(values.readAll(restored.restoreSerializer(), values.bytesOfAll()))
        .isEqualTo(values.values());
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void noTypeFallsToKryoAndTypesTravel(Case<T> values) throws Exception {
    assertThat(values.serializer()).isNotInstanceOf(KryoSerializer.class);
    assertThat(values.serializer().createInstance()).isNotNull();
    TypeInformation<?> travelled = InstantiationUtil.clone(values.type());
    assertThat(travelled).isEqualTo(values.type()).hasSameHashCodeAs(values.type());
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void bytesThatEndTooEarlyAreRefused(Case<T> values) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    values.serializer().serialize(values.values().get(0), out);
    byte[] bytes = out.getCopyOfBuffer();

    assertThatThrownBy(
            () ->
                values
                    .serializer()
                    .deserialize(new DataInputDeserializer(bytes, 0, bytes.length - 1)))
        .isInstanceOf(EOFException.class);
  }
}
