package io.chartflow.ops.monitor;

import io.chartflow.connect.config.ChartflowConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The monitor's topology: {@code densities} in, {@code statistics} out, one record per event-time
 * window for the whole topic.
 *
 * <pre>
 *  densities ─▶ partition stage (a task each) ─▶ partials (1 partition) ─▶ merge stage ─▶ statistics
 * </pre>
 *
 * <p><b>Partials, not one key.</b> Sending every record to one task would write the topic twice and
 * let the fastest partition of a backlog make all others late. Instead each partition sums its own
 * windows and sends about one partial a second; the merge stage knows every partition's clock.
 *
 * <p><b>When a window closes.</b> The topic gets a window's record once, when the window is closed:
 * when the slowest partition that is not idle has passed its end by the grace, or when all are idle
 * and nothing has come for as long as a window and its grace take, so that the last window of a
 * stream that stops is not withheld. Who wants to see a window grow gets it through {@link
 * MonitorObserver}; the page does. Windows without events have no record. Records after their
 * window's close are counted and left out.
 *
 * <p><b>State</b> lies in memory, with changelog topics: nothing native is loaded, and a restart
 * reads back a few open windows. Under {@code exactly_once_v2} every committed density record is in
 * exactly one statistics record, or counted as late, over any crash.
 */
public final class MonitorTopology {

  /** How often the stages send what changed. */
  static final Duration ROUND = Duration.ofSeconds(1);

  /** After a start, no window closes for so long: other partitions may be about to speak. */
  static final Duration SETTLE = Duration.ofSeconds(5);

  /** A partition that says nothing for so long, not even that it is idle, is not waited for. */
  static final Duration GONE = Duration.ofMinutes(1);

  /** Closed windows that are still shown after a restart. */
  public static final int REMEMBERED = 360;

  private MonitorTopology() {}

  /** The topology for this configuration. */
  public static Topology define(
      ChartflowConfig config, MonitorMetrics metrics, MonitorObserver observer) {
    Tumbling tumbling = Tumbling.of(config.monitor().window(), config.monitor().grace());
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            config.topics().densities(),
            Consumed.with(Serdes.ByteArray(), DensityInput.serde())
                .withTimestampExtractor(new EventTimes())
                .withName("densities"))
        .process(
            stage(
                () -> new PartitionStage(tumbling, metrics),
                Set.of(store(PartitionStage.STORE, Serdes.Bytes(), Serdes.ByteArray()))),
            Named.as("partition-stage"))
        .repartition(
            Repartitioned.with(PartialId.serde(), Serdes.ByteArray())
                .withNumberOfPartitions(1)
                .withName("partials"))
        .process(
            stage(
                () -> new MergeStage(tumbling, metrics, observer, REMEMBERED),
                Set.of(
                    store(MergeStage.PARTIALS, PartialId.serde(), Serdes.ByteArray()),
                    store(MergeStage.CLOCKS, Serdes.Integer(), Serdes.Long()),
                    store(MergeStage.HISTORY, Serdes.Long(), StatisticsJson.serde()))),
            Named.as("merge-stage"))
        .to(
            config.topics().statistics(),
            Produced.with(Serdes.String(), StatisticsJson.serde()).withName("statistics"));
    return builder.build();
  }

  /** In memory, with a changelog; cached, so that the changelog gets one write per commit. */
  private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  private static <K, V, L, W> ProcessorSupplier<K, V, L, W> stage(
      Supplier<Processor<K, V, L, W>> processor, Set<StoreBuilder<?>> stores) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<K, V, L, W> get() {
        return processor.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return stores;
      }
    };
  }
}
