package io.chartflow.model.engine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the caller knows about a version that is to be published.
 *
 * @param version its number, above that of every version before
 * @param parent number of the version before, or 0
 * @param positions for each partition ({@code topic-partition}), the offset of the first event that
 *     was <em>not</em> learned from
 * @param eventTimeMillis latest event time that was learned from, or {@link Long#MIN_VALUE}
 */
public record PublishRequest(
    long version, long parent, SortedMap<String, Long> positions, long eventTimeMillis) {

  /** Copies the positions. */
  public PublishRequest {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
  }
}
