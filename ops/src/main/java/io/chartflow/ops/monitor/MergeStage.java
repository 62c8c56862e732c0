package io.chartflow.ops.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The second half of the monitor, one task in all: merges the partitions' partials of each window,
 * shows open windows to the observer about once a second, and writes a window's one record when it
 * closes, in order of time.
 */
final class MergeStage implements Processor<PartialId, byte[], String, StatisticsRecord> {

  static final String PARTIALS = "open-windows";
  static final String HISTORY = "closed-windows";
  static final String CLOCKS = "partition-clocks";

  private final Tumbling tumbling;
  private final MonitorMetrics metrics;
  private final MonitorObserver observer;
  private final int remembered;
  private final OpenWindows windows = new OpenWindows();
  private final Set<Long> changed = new HashSet<>();
  private @Nullable ProcessorContext<String, StatisticsRecord> context;
  private @Nullable KeyValueStore<PartialId, byte[]> partials;
  private @Nullable KeyValueStore<Long, StatisticsRecord> history;
  private @Nullable KeyValueStore<Integer, Long> lastTimes;
  private @Nullable PartitionClocks clocks;
  private @Nullable StatisticsRecord lastClosed;

  /** Remembers so many closed windows over a restart. */
  MergeStage(Tumbling tumbling, MonitorMetrics metrics, MonitorObserver observer, int remembered) {
    this.tumbling = tumbling;
    this.metrics = metrics;
    this.observer = observer;
    this.remembered = remembered;
  }

  @Override
  public void init(ProcessorContext<String, StatisticsRecord> context) {
    this.context = context;
    partials = context.getStateStore(PARTIALS);
    history = context.getStateStore(HISTORY);
    lastTimes = context.getStateStore(CLOCKS);
    clocks =
        new PartitionClocks(
            MonitorTopology.SETTLE.toMillis(),
            Math.max(tumbling.size() + tumbling.grace(), MonitorTopology.SETTLE.toMillis()),
            MonitorTopology.GONE.toMillis(),
            context.currentSystemTimeMs());
    restore();
    restoreClocks(context.currentSystemTimeMs());
    context.schedule(MonitorTopology.ROUND, PunctuationType.WALL_CLOCK_TIME, this::round);
  }

  private void restore() {
    try (KeyValueIterator<Long, StatisticsRecord> closed = history().all()) {
      while (closed.hasNext()) {
        StatisticsRecord window = closed.next().value;
        windows.closedBefore(window.windowStart());
        observer.window(window);
        lastClosed = window;
      }
    }
    try (KeyValueIterator<PartialId, byte[]> open = partials().all()) {
      while (open.hasNext()) {
        KeyValue<PartialId, byte[]> entry = open.next();
        windows.put(entry.key, PartialCodec.decode(entry.value));
        changed.add(entry.key.start());
      }
    }
  }

  /** Every partition of before is taken to be busy until it speaks: it may still be restored. */
  private void restoreClocks(long now) {
    try (KeyValueIterator<Integer, Long> times = lastTimes().all()) {
      times.forEachRemaining(entry -> clocks().heard(entry.key, entry.value, now));
    }
  }

  @Override
  public void process(Record<PartialId, byte[]> record) {
    PartialId id = record.key();
    long now = context().currentSystemTimeMs();
    if (id.isIdle()) {
      clocks().idle(id.partition(), record.timestamp(), now);
      return;
    }
    WindowPartial partial = PartialCodec.decode(record.value());
    clocks().heard(id.partition(), record.timestamp(), now);
    lastTimes().put(id.partition(), clocks().time(id.partition()));
    if (windows.isClosed(id.start())) {
      long late = windows.late(id, partial);
      if (late > 0) {
        metrics.late(late);
      }
      return;
    }
    windows.put(id, partial);
    partials().put(id, record.value());
    changed.add(id.start());
  }

  private void round(long now) {
    long streamTime = clocks().streamTime(now);
    for (Long start = windows.oldest();
        start != null && tumbling.isClosed(start, streamTime);
        start = windows.oldest()) {
      close(start);
    }
    StatisticsRecord before = lastClosed;
    for (long start : windows.starts()) {
      StatisticsRecord window = statistics(start, false, before);
      before = window;
      if (changed.remove(start)) {
        observer.window(window);
      }
    }
  }

  private void close(long start) {
    StatisticsRecord window = statistics(start, true, lastClosed);
    context().forward(new Record<>(Long.toString(start), window, window.lastEventTime()));
    metrics.closed(window);
    observer.window(window);
    for (int partition : windows.close(start)) {
      partials().delete(new PartialId(start, partition));
    }
    changed.remove(start);
    lastClosed = window;
    history().put(start, window);
    forgetOldest();
  }

  private void forgetOldest() {
    List<Long> starts = new ArrayList<>();
    try (KeyValueIterator<Long, StatisticsRecord> closed = history().all()) {
      closed.forEachRemaining(entry -> starts.add(entry.key));
    }
    for (int i = 0; i < starts.size() - remembered; i++) {
      history().delete(starts.get(i));
    }
  }

  private StatisticsRecord statistics(
      long start, boolean complete, @Nullable StatisticsRecord previous) {
    return Statistics.of(windows.merged(start), start, tumbling.endOf(start), complete, previous);
  }

  private ProcessorContext<String, StatisticsRecord> context() {
    return Objects.requireNonNull(context);
  }

  private KeyValueStore<PartialId, byte[]> partials() {
    return Objects.requireNonNull(partials);
  }

  private KeyValueStore<Long, StatisticsRecord> history() {
    return Objects.requireNonNull(history);
  }

  private KeyValueStore<Integer, Long> lastTimes() {
    return Objects.requireNonNull(lastTimes);
  }

  private PartitionClocks clocks() {
    return Objects.requireNonNull(clocks);
  }
}
