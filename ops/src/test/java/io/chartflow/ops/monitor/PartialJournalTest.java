package io.chartflow.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialJournalTest {

  private KeyValueStore<Bytes, byte[]> store;

  @BeforeEach
  void open() {
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("journal"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    MockProcessorContext<Bytes, byte[]> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 513, 790})
  void whatWasAddedIsThereAfterACrash(int events) {
    PartialJournal journal = new PartialJournal(store);
    add(journal, 0, events);
    add(journal, 10_000, 3);

    PartialJournal restored = new PartialJournal(store);

    assertThat(restored.windows().keySet()).containsExactly(0L, 10_000L);
    assertThat(encoded(restored)).isEqualTo(encoded(journal));
    add(restored, 0, 300);
    assertThat(new PartialJournal(store).windows().get(0L))
        .extracting(WindowPartial::events)
        .isEqualTo(events + 300L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 600})
  void aWindowThatIsRemovedLeavesNothing(int events) {
    PartialJournal journal = new PartialJournal(store);
    add(journal, 0, events);
    journal.remove(0);

    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      assertThat(all.hasNext()).isFalse();
    }
  }

  @Test
  void removingAWindowThatIsNotThereDoesNothing() {
    PartialJournal journal = new PartialJournal(store);
    add(journal, 0, 2);
    journal.remove(10_000);

    assertThat(journal.windows()).hasSize(1);
  }

  private static void add(PartialJournal journal, long start, int events) {
    for (int i = 0; i < events; i++) {
      DensityRecord density = Densities.at(start + i).logDensity(-i).build();
      journal.add(start, density, start + i, DensityJson.toBytes(density));
    }
  }

  private static Map<Long, Integer> encoded(PartialJournal journal) {
    Map<Long, Integer> bytes = new HashMap<>();
    journal
        .windows()
        .forEach(
            (start, partial) -> bytes.put(start, Arrays.hashCode(PartialCodec.encode(partial))));
    return bytes;
  }
}
