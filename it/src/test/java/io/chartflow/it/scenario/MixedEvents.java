package io.chartflow.it.scenario;

import io.chartflow.connect.config.ChartflowConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Good and spoiled events, shuffled, and where they came to lie.
 *
 * @param good positions of the good ones
 * @param spoiled what was done to the event at a position
 */
record MixedEvents(List<String> good, Map<String, SpoiledEvent> spoiled) {

  /** Writes them to the events topic. */
  static MixedEvents write(ChartflowConfig config, int goodOnes, int spoiledOnes) {
    List<Entry> entries = new ArrayList<>();
    new GoodEvents(4).take(goodOnes).forEach(value -> entries.add(new Entry(null, value)));
    for (int i = 0; i < spoiledOnes; i++) {
      SpoiledEvent kind = SpoiledEvent.ofMany(i);
      entries.add(new Entry(kind, kind.bytes()));
    }
    Collections.shuffle(entries, new Random(5));

    List<byte @Nullable []> values = new ArrayList<>();
    entries.forEach(entry -> values.add(entry.value()));
    List<String> positions = new Topic(config, config.topics().events()).write(values);

    List<String> good = new ArrayList<>();
    Map<String, SpoiledEvent> spoiled = new TreeMap<>();
    for (int i = 0; i < positions.size(); i++) {
      SpoiledEvent kind = entries.get(i).kind();
      if (kind == null) {
        good.add(positions.get(i));
      } else {
        spoiled.put(positions.get(i), kind);
      }
    }
    return new MixedEvents(good, spoiled);
  }

  /** What is written at one place. */
  private static final class Entry {

    private final @Nullable SpoiledEvent kind;
    private final byte @Nullable [] value;

    Entry(@Nullable SpoiledEvent kind, byte @Nullable [] value) {
      this.kind = kind;
      this.value = value;
    }

    @Nullable SpoiledEvent kind() {
      return kind;
    }

    byte @Nullable [] value() {
      return value;
    }
  }
}
