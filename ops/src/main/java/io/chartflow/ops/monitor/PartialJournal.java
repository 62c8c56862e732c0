package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open windows of one partition, live on the heap and yet exact after a crash. Writing a whole
 * partial (up to 20 kB) for each event would cost more than everything else, so the store holds for
 * each window a partial that is up to {@value #SLOTS} events old and, in a ring of slots, the
 * events since.
 *
 * <p>Invariants: (1) the window's stored partial holds its first {@code n} events, {@code n} a
 * multiple of {@value #SLOTS}; (2) event {@code i ≥ n} lies in slot {@code i mod SLOTS} with its
 * number; (3) a slot whose number is below {@code n} is old and ignored.
 */
final class PartialJournal {

  static final int SLOTS = 256;

  private static final short BASE = -1;

  private final KeyValueStore<Bytes, byte[]> store;
  private final TreeMap<Long, WindowPartial> windows = new TreeMap<>();

  /** Restores what the store holds. */
  PartialJournal(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    Map<Long, List<Slot>> slots = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        ByteBuffer key = ByteBuffer.wrap(entry.key.get());
        long start = key.getLong();
        if (key.getShort() == BASE) {
          windows.put(start, PartialCodec.decode(entry.value));
        } else {
          slots.computeIfAbsent(start, s -> new ArrayList<>()).add(Slot.decode(entry.value));
        }
      }
    }
    slots.forEach(this::replay);
  }

  /** The open windows by start. */
  TreeMap<Long, WindowPartial> windows() {
    return windows;
  }

  /** Adds an event, in memory and in the store. */
  void add(long start, DensityRecord density, long time, byte[] bytes) {
    WindowPartial partial = windows.computeIfAbsent(start, s -> new WindowPartial());
    long number = partial.events();
    partial.add(density, time);
    if ((number + 1) % SLOTS == 0) {
      store.put(key(start, BASE), PartialCodec.encode(partial));
    } else {
      short slot = (short) (number % SLOTS);
      store.put(key(start, slot), new Slot(number, time, bytes).encode());
    }
  }

  /** Forgets a window. */
  void remove(long start) {
    WindowPartial partial = windows.remove(start);
    if (partial == null) {
      return;
    }
    store.delete(key(start, BASE));
    for (short slot = 0; slot < Math.min(SLOTS, partial.events()); slot++) {
      store.delete(key(start, slot));
    }
  }

  private void replay(long start, List<Slot> slots) {
    WindowPartial partial = windows.computeIfAbsent(start, s -> new WindowPartial());
    long applied = partial.events();
    slots.sort(Comparator.comparingLong(slot -> slot.number));
    for (Slot slot : slots) {
      @Nullable DensityRecord density = DensityInput.of(slot.bytes).density();
      if (slot.number >= applied && density != null) {
        partial.add(density, slot.time);
      }
    }
  }

  private static Bytes key(long start, short slot) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + Short.BYTES).putLong(start).putShort(slot).array());
  }

  /** One event of the ring: its number in the window, its time, the density record's bytes. */
  private static final class Slot {

    final long number;
    final long time;
    final byte[] bytes;

    Slot(long number, long time, byte[] bytes) {
      this.number = number;
      this.time = time;
      this.bytes = bytes;
    }

    byte[] encode() {
      return ByteBuffer.allocate(2 * Long.BYTES + bytes.length)
          .putLong(number)
          .putLong(time)
          .put(bytes)
          .array();
    }

    static Slot decode(byte[] value) {
      ByteBuffer in = ByteBuffer.wrap(value);
      long number = in.getLong();
      long time = in.getLong();
      byte[] bytes = new byte[in.remaining()];
      in.get(bytes);
      return new Slot(number, time, bytes);
    }
  }
}
