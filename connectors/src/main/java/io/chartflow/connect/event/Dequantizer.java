package io.chartflow.connect.event;

import org.jspecify.annotations.Nullable;

/**
 * Noise uniform in {@code ±1/2} as a pure function of an event's place and the feature's index, so
 * that every reader of an event sees the same vector. The generator is SplitMix64 (Steele, Lea,
 * Flood 2014) over a hash of topic, partition and offset.
 */
final class Dequantizer {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private @Nullable String topic;
  private long topicHash;

  /** The hash of a place; {@link #noise} draws from it. */
  long place(String place, int partition, long offset) {
    if (!place.equals(topic)) {
      topic = place;
      topicHash = hash(place);
    }
    return mix(mix(topicHash + partition * GOLDEN) + offset * GOLDEN);
  }

  /** The noise of a feature, in {@code [−1/2, 1/2)}, a multiple of {@code 2⁻⁵³}. */
  static double noise(long place, int field) {
    return (mix(place + (field + 1) * GOLDEN) >>> 11) * 0x1.0p-53 - 0.5;
  }

  private static long hash(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
