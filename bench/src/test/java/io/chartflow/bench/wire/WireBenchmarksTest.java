package io.chartflow.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the benchmarks of the wire decode is decoded, not refused. */
class WireBenchmarksTest {

  @ParameterizedTest
  @EnumSource
  void everyEventOfEveryFormatDecodes(EventFormat format) {
    SchemaConfig schema = WrittenEvents.schema(format, 5);
    EventDecoder decoder = new EventDecoder(schema);

    for (RawEvent event : WrittenEvents.of(schema, 100)) {
      assertThat(decoder.decode(event).event()).isNotNull();
    }
  }
}
