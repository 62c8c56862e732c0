package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first half of the monitor, one task per partition of {@code densities}: keeps a partial for
 * each open window and sends those that changed, whole, about once a second.
 *
 * <p>The timestamp of what it sends is a promise: this partition's windows that are closed at that
 * time will not change any more. So the last partial of a round carries the partition's stream time
 * and those before it the time of the round before. When nothing has come for {@value
 * #QUIET_ROUNDS} rounds it says so once. Rounds and not seconds: a task that is starved or being
 * restored has no rounds, and is not idle.
 */
final class PartitionStage implements Processor<byte[], DensityInput, PartialId, byte[]> {

  static final String STORE = "window-partials";

  /** How far an event time may lie ahead of the clock before it is taken for a mistake. */
  static final Duration AHEAD = Duration.ofHours(1);

  private static final int QUIET_ROUNDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(PartitionStage.class);

  private final Tumbling tumbling;
  private final MonitorMetrics metrics;
  private final TreeSet<Long> changed = new TreeSet<>();
  private @Nullable ProcessorContext<PartialId, byte[]> context;
  private @Nullable PartialJournal journal;
  private long streamTime = -1;
  private long promised;
  private long unreadable;
  private boolean quiet = true;
  private int quietRounds;

  PartitionStage(Tumbling tumbling, MonitorMetrics metrics) {
    this.tumbling = tumbling;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<PartialId, byte[]> context) {
    this.context = context;
    PartialJournal restored =
        new PartialJournal(context.<KeyValueStore<Bytes, byte[]>>getStateStore(STORE));
    journal = restored;
    restored.windows().values().forEach(w -> streamTime = Math.max(streamTime, w.lastEventTime));
    changed.addAll(restored.windows().keySet());
    context.schedule(MonitorTopology.ROUND, PunctuationType.WALL_CLOCK_TIME, now -> round());
  }

  @Override
  public void process(Record<byte[], DensityInput> record) {
    quiet = false;
    DensityRecord density = record.value().density();
    if (density == null) {
      skip(String.valueOf(record.value().problem()));
      return;
    }
    long time = record.timestamp();
    if (time > context().currentSystemTimeMs() + AHEAD.toMillis()) {
      skip("event_time must be at most %s ahead of the clock, got %d".formatted(AHEAD, time));
      return;
    }
    metrics.read(density.status());
    long start = tumbling.startOf(time);
    if (tumbling.isClosed(start, streamTime)) {
      metrics.late(1);
      return;
    }
    streamTime = Math.max(streamTime, time);
    journal().add(start, density, time, record.value().bytes());
    changed.add(start);
  }

  private void round() {
    sendChanged();
    quietRounds = quiet ? quietRounds + 1 : 0;
    quiet = true;
    if (quietRounds == QUIET_ROUNDS) {
      PartialId idle = PartialId.idle(context().taskId().partition());
      context().forward(new Record<>(idle, new byte[0], promised));
    }
  }

  private void sendChanged() {
    int partition = context().taskId().partition();
    for (Iterator<Long> starts = changed.iterator(); starts.hasNext(); ) {
      long start = starts.next();
      WindowPartial partial = Objects.requireNonNull(journal().windows().get(start));
      if (!starts.hasNext()) {
        promised = Math.max(promised, streamTime);
      }
      context()
          .forward(
              new Record<>(
                  new PartialId(start, partition), PartialCodec.encode(partial), promised));
    }
    changed.clear();
    TreeSet<Long> closed = new TreeSet<>(journal().windows().keySet());
    closed.removeIf(start -> !tumbling.isClosed(start, streamTime));
    closed.forEach(journal()::remove);
  }

  /** Counts it, and logs the first ten and every thousandth: a flood must not drown the log. */
  private void skip(String problem) {
    metrics.unreadable();
    unreadable++;
    if (unreadable <= 10 || unreadable % 1000 == 0) {
      String position = context().recordMetadata().map(PartitionStage::position).orElse("?");
      LOG.warn("skipped {}: {} ({} skipped so far in this task)", position, problem, unreadable);
    }
  }

  private static String position(RecordMetadata at) {
    return at.topic() + "-" + at.partition() + "@" + at.offset();
  }

  private ProcessorContext<PartialId, byte[]> context() {
    return Objects.requireNonNull(context);
  }

  private PartialJournal journal() {
    return Objects.requireNonNull(journal);
  }
}
