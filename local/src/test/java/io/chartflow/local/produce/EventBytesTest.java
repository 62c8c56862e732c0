package io.chartflow.local.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.AvroConfig;
import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.data.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is produced in a format is what is decoded of it. */
class EventBytesTest {

  private static final String POINT =
      """
      {"type":"record","name":"Point","fields":[
        {"name":"source","type":"string","default":"produce"},
        {"name":"z","type":"%1$s"}, {"name":"x","type":["null","%1$s"]}, {"name":"y","type":"%1$s"}]}
      """;

  private final DataSet helix = DataSets.named("helix");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AVRO")
  void whatIsWrittenIsRead(EventFormat format) {
    check(EventJson.schema(helix).withFormat(format), format == EventFormat.PACKED_FLOATS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "float"})
  void whatIsWrittenInAvroIsRead(String type) {
    SchemaConfig schema = EventJson.schema(helix);
    for (@Nullable Integer id : Arrays.asList(null, 0, 70_000)) {
      check(schema.withAvro(new AvroConfig(POINT.formatted(type), id)), type.equals("float"));
    }
  }

  @Test
  void aCellThatIsNoNumberIsAGapInEveryFormat() throws Exception {
    Path file = Files.writeString(directory.resolve("gap.csv"), "x,y,z\nn/a,1,2\n");
    DataSet set = DataSets.file(file, List.of("x", "y", "z"));
    SchemaConfig schema = EventJson.schema(set);
    for (SchemaConfig each :
        List.of(
            schema.withFormat(EventFormat.PACKED_FLOATS),
            schema.withFormat(EventFormat.PACKED_DOUBLES),
            schema.withAvro(new AvroConfig(POINT.formatted("double"), null)))) {
      try (EventSource source = set.events(0)) {
        source.next();
        Decoded decoded =
            new EventDecoder(each).decode(raw(EventBytes.of(each, set).bytes(source)));
        assertThat(Objects.requireNonNull(decoded.deadLetter()).message())
            .contains("field \"x\" is ");
      }
    }
  }

  private void check(SchemaConfig schema, boolean single) {
    EventDecoder decoder = new EventDecoder(schema);
    EventBytes written = EventBytes.of(schema, helix);
    double[] expected = new double[3];
    try (EventSource source = helix.events(5)) {
      for (int i = 0; i < 100; i++) {
        source.next();
        source.copyTo(expected);
        if (single) {
          Arrays.setAll(expected, j -> (float) expected[j]);
        }
        Decoded decoded = decoder.decode(raw(written.bytes(source)));
        assertThat(
                Objects.requireNonNull(decoded.event(), () -> "" + decoded.deadLetter()).values())
            .isEqualTo(expected);
      }
    }
  }

  private static RawEvent raw(byte[] value) {
    return new RawEvent("events", 0, 0, 0, null, value);
  }
}
