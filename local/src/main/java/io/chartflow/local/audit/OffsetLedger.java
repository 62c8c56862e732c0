package io.chartflow.local.audit;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which places of a topic were accounted for, one bit each, so that a record that came twice and a
 * record that never came are both seen. Not safe for use by several threads.
 *
 * <p>Invariant: {@code distinct} is the number of bits set over all partitions.
 */
public final class OffsetLedger {

  private final Map<Integer, BitSet> seen = new TreeMap<>();
  private long distinct;
  private long duplicates;

  /**
   * Accounts for one place.
   *
   * @return whether it had not been accounted for before
   * @throws IllegalArgumentException if the offset is negative or above 2³¹ − 1
   */
  public boolean add(int partition, long offset) {
    if (offset < 0 || offset > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "offset must be between 0 and " + Integer.MAX_VALUE + ", got " + offset);
    }
    BitSet bits = seen.computeIfAbsent(partition, p -> new BitSet());
    if (bits.get((int) offset)) {
      duplicates++;
      return false;
    }
    bits.set((int) offset);
    distinct++;
    return true;
  }

  /** Places accounted for. */
  public long distinct() {
    return distinct;
  }

  /** How often a place came again. */
  public long duplicates() {
    return duplicates;
  }

  /**
   * Places below {@code ends} that were not accounted for.
   *
   * @param ends for each partition the first offset that nothing was written to
   */
  public long missing(Map<Integer, Long> ends) {
    long missing = 0;
    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
      BitSet bits = seen.get(end.getKey());
      int below = (int) Math.min(Integer.MAX_VALUE, end.getValue());
      missing += end.getValue() - (bits == null ? 0 : bits.get(0, below).cardinality());
    }
    return missing;
  }

  /** The first place below {@code ends} that was not accounted for, or an empty text. */
  public String firstMissing(String topic, Map<Integer, Long> ends) {
    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
      BitSet bits = seen.get(end.getKey());
      int free = bits == null ? 0 : bits.nextClearBit(0);
      if (free < end.getValue()) {
        return topic + "-" + end.getKey() + "@" + free;
      }
    }
    return "";
  }
}
