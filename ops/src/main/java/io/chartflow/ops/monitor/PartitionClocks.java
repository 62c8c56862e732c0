package io.chartflow.ops.monitor;

import java.util.HashMap;
import java.util.Map;

/**
 * How far the stream has come, over all partitions: as far as the slowest of those that are busy. A
 * partition that says that it is idle holds nobody up, and neither does one that has said nothing
 * for {@code goneAfter}. When no partition is busy and the last partial is {@code endAfter} old,
 * the stream is taken to have ended.
 */
final class PartitionClocks {

  /** The stream's time once it has ended. */
  static final long ENDED = Long.MAX_VALUE;

  private final long settleFor;
  private final long endAfter;
  private final long goneAfter;
  private final long startedAt;
  private final Map<Integer, Clock> clocks = new HashMap<>();
  private long heardAt;
  private long streamTime = -1;

  /**
   * All in milliseconds; every {@code now} and {@code startedAt} by one and the same wall clock.
   *
   * @param settleFor after the start, how long partitions may take to speak for the first time
   */
  PartitionClocks(long settleFor, long endAfter, long goneAfter, long startedAt) {
    this.settleFor = settleFor;
    this.endAfter = endAfter;
    this.goneAfter = goneAfter;
    this.startedAt = startedAt;
    this.heardAt = startedAt;
  }

  /** A partition says that it has come this far; busy until it says that it is idle. */
  void heard(int partition, long time, long now) {
    clocks.merge(partition, new Clock(time, now, false), Clock::latest);
    heardAt = now;
  }

  /** A partition says that nothing has come for a while. */
  void idle(int partition, long time, long now) {
    clocks.merge(partition, new Clock(time, now, true), Clock::latest);
  }

  /** How far this partition is; -1 if it has never spoken. */
  long time(int partition) {
    Clock clock = clocks.get(partition);
    return clock == null ? -1 : clock.time;
  }

  /** The stream's time; never falls, but for the return from {@link #ENDED}. */
  long streamTime(long now) {
    if (now - startedAt < settleFor) {
      return streamTime;
    }
    long slowest = ENDED;
    for (Clock clock : clocks.values()) {
      if (!clock.idle && now - clock.heardAt < goneAfter) {
        slowest = Math.min(slowest, clock.time);
      }
    }
    if (slowest < ENDED) {
      streamTime = Math.max(streamTime, slowest);
    } else if (now - heardAt >= endAfter) {
      return ENDED;
    }
    return streamTime;
  }

  private record Clock(long time, long heardAt, boolean idle) {
    Clock latest(Clock other) {
      return new Clock(Math.max(time, other.time), other.heardAt, other.idle);
    }
  }
}
