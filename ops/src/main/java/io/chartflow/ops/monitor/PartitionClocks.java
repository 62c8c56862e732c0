package io.chartflow.ops.monitor;

import java.util.HashMap;
import java.util.Map;

/**
 * How far the stream has come, over all partitions: as far as the slowest of those that still say
 * something. A partition that was silent for {@code idleAfter} holds nobody up; when all of them
 * have been silent for {@code endAfter}, the stream is taken to have ended.
 */
final class PartitionClocks {

  /** The stream's time once it has ended. */
  static final long ENDED = Long.MAX_VALUE;

  private final long idleAfter;
  private final long endAfter;
  private final long startedAt;
  private final Map<Integer, Clock> clocks = new HashMap<>();
  private long heardAt;
  private long streamTime = -1;

  /** All in milliseconds; {@code now} and {@code startedAt} by one and the same wall clock. */
  PartitionClocks(long idleAfter, long endAfter, long startedAt) {
    this.idleAfter = idleAfter;
    this.endAfter = endAfter;
    this.startedAt = startedAt;
    this.heardAt = startedAt;
  }

  /** A partition says that it has come this far. */
  void heard(int partition, long time, long now) {
    clocks.merge(partition, new Clock(time, now), Clock::latest);
    heardAt = now;
  }

  /** The stream's time; never falls, but for the return from {@link #ENDED}. */
  long streamTime(long now) {
    if (now - startedAt < idleAfter) {
      return streamTime; // other partitions may be about to speak for the first time
    }
    if (now - heardAt >= endAfter) {
      return ENDED;
    }
    clocks.values().stream()
        .filter(clock -> now - clock.heardAt < idleAfter)
        .mapToLong(Clock::time)
        .min()
        .ifPresent(slowest -> streamTime = Math.max(streamTime, slowest));
    return streamTime;
  }

  private record Clock(long time, long heardAt) {
    Clock latest(Clock other) {
      return new Clock(Math.max(time, other.time), Math.max(heardAt, other.heardAt));
    }
  }
}
