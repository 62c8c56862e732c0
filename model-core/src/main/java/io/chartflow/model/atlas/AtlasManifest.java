package io.chartflow.model.atlas;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an atlas version comes from. Travels with the version and with every score.
 *
 * @param version its number; versions grow
 * @param parent number of the version before, or 0
 * @param configHash {@link io.chartflow.model.config.AtlasConfig#hash()}
 * @param events events seen when it was published
 * @param steps steps taken when it was published
 * @param positions for each partition ({@code topic-partition}), the offset of the first event that
 *     was <em>not</em> learned from
 * @param eventTimeMillis latest event time that was learned from, or {@link Long#MIN_VALUE}
 * @param prequentialLogLikelihood moving mean over the last batches of the log-density of events
 *     scored before they were learned from, in nats and input units
 * @param usedCharts codes that were alive
 */
public record AtlasManifest(
    long version,
    long parent,
    String configHash,
    long events,
    long steps,
    SortedMap<String, Long> positions,
    long eventTimeMillis,
    double prequentialLogLikelihood,
    int usedCharts) {

  /** Copies the positions. */
  public AtlasManifest {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
  }

  /**
   * Whether this version had already seen the event at that place. It need not have learned from
   * it: one that the guard kept out, or that lies too far away, teaches nothing. One that it had
   * not seen it has certainly not learned from.
   */
  public boolean hasLearned(String topic, int partition, long offset) {
    return offset < learnedTo(topic, partition);
  }

  /** The offset in a partition below which this version had seen every event; 0 for none. */
  public long learnedTo(String topic, int partition) {
    return positions.getOrDefault(topic + "-" + partition, 0L);
  }
}
