package io.chartflow.local.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.data.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventJsonTest {

  @TempDir Path directory;

  @Test
  void theSchemaOfADataSetReadsItsEvents() {
    DataSet set = DataSets.named("helix");
    EventDecoder decoder = new EventDecoder(EventJson.schema(set));
    EventJson json = EventJson.of(set);
    double[] expected = new double[3];
    try (EventSource source = set.events(5)) {
      for (int i = 0; i < 100; i++) {
        source.next();
        source.copyTo(expected);
        Decoded decoded = decoder.decode(raw(json.bytes(source)));
        assertThat(values(decoded)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aColumnMayHaveDotsAndQuotesInItsName() throws Exception {
    Path file = Files.writeString(directory.resolve("odd.csv"), "a.b,\"say \"\"hi\"\"\"\n1,2\n");
    DataSet set = DataSets.file(file, List.of("a.b", "say \"hi\""));
    try (EventSource source = set.events(0)) {
      source.next();
      Decoded decoded =
          new EventDecoder(EventJson.schema(set)).decode(raw(EventJson.of(set).bytes(source)));
      assertThat(values(decoded)).containsExactly(1, 2);
    }
  }

  @Test
  void aSchemaThatReadsOtherFieldsIsToldApart() {
    assertThatThrownBy(
            () -> EventJson.requireSame(SchemaConfig.ofNames("x", "y"), DataSets.named("helix")))
        .hasMessage("schema.fields must have the paths x, y, z of data set helix, got x, y");
  }

  private static double[] values(Decoded decoded) {
    return Objects.requireNonNull(decoded.event(), () -> "" + decoded.deadLetter()).values();
  }

  private static RawEvent raw(byte[] json) {
    return new RawEvent("events", 0, 0, 0, null, json);
  }
}
