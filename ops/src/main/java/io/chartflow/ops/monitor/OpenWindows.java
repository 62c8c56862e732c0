package io.chartflow.ops.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partials of the windows that are not closed yet, newest word of each partition, and how many
 * events of each partition the windows closed last had, to tell late events from repetition.
 */
final class OpenWindows {

  private static final int REMEMBERED = 64;

  private final TreeMap<Long, TreeMap<Integer, WindowPartial>> open = new TreeMap<>();
  private final LinkedHashMap<Long, Map<Integer, Long>> closedCounts = new LinkedHashMap<>();
  private long closedThrough = Long.MIN_VALUE;

  /** Says that windows up to this start were closed in an earlier life. */
  void closedBefore(long start) {
    closedThrough = Math.max(closedThrough, start);
  }

  boolean isClosed(long start) {
    return start <= closedThrough;
  }

  /** Takes the newest partial of an open window. */
  void put(PartialId id, WindowPartial partial) {
    open.computeIfAbsent(id.start(), s -> new TreeMap<>()).put(id.partition(), partial);
  }

  /** Events in this partial that its window, closed already, does not have. */
  long late(PartialId id, WindowPartial partial) {
    Map<Integer, Long> counts = closedCounts.get(id.start());
    if (counts == null) {
      return 0; // closed too long ago, or before a restart: nobody knows any more
    }
    long counted = counts.getOrDefault(id.partition(), 0L);
    counts.put(id.partition(), Math.max(counted, partial.events()));
    return Math.max(0, partial.events() - counted);
  }

  /** Start of the oldest open window, or null. */
  @Nullable Long oldest() {
    return open.isEmpty() ? null : open.firstKey();
  }

  Iterable<Long> starts() {
    return open.keySet();
  }

  /** All partitions of an open window together. */
  WindowPartial merged(long start) {
    WindowPartial merged = new WindowPartial();
    open.getOrDefault(start, new TreeMap<>()).values().forEach(merged::merge);
    return merged;
  }

  /** Closes the window and all before it; the partitions that it had. */
  Iterable<Integer> close(long start) {
    Map<Integer, Long> counts = new TreeMap<>();
    TreeMap<Integer, WindowPartial> partials = open.remove(start);
    if (partials != null) {
      partials.forEach((partition, partial) -> counts.put(partition, partial.events()));
    }
    closedBefore(start);
    closedCounts.put(start, counts);
    if (closedCounts.size() > REMEMBERED) {
      closedCounts.remove(closedCounts.keySet().iterator().next());
    }
    return Map.copyOf(counts).keySet();
  }
}
