package io.chartflow.peers;

import java.util.Arrays;

/** Which charts cover each event of a batch: pairs (event, chart), sorted by event. */
final class Cover {

  private static final float STRETCH = 1.1f * 1.1f; // (1 + ε)², distances are squares; m = 2

  private final int charts;
  private final float[] distances;
  private int[] nearest = {};
  private int[] first = {};
  private int[] rows = {};
  private int[] members = {};
  private int events;

  Cover(int charts) {
    this.charts = charts;
    this.distances = new float[charts];
  }

  /**
   * Finds the nearest code and the members of each event.
   *
   * @param encodings n rows
   * @param codes transposed, so that the innermost loop runs over charts
   */
  void find(float[] encodings, Codes codes) {
    events = encodings.length / ModelShape.CODE;
    if (nearest.length < events) {
      nearest = new int[events];
      first = new int[events + 1];
    }
    int pairs = 0;
    for (int i = 0; i < events; i++) {
      codes.distances(encodings, i, distances);
      int best = least(distances);
      float bound = second(distances, best) * STRETCH;
      nearest[i] = best;
      first[i] = pairs;
      if (members.length < pairs + charts) {
        rows = Arrays.copyOf(rows, 2 * (pairs + charts));
        members = Arrays.copyOf(members, rows.length);
      }
      for (int k = 0; k < charts; k++) {
        members[pairs] = k;
        rows[pairs] = i;
        pairs += distances[k] < bound ? 1 : 0;
      }
    }
    first[events] = pairs;
  }

  static int least(float[] distances) {
    int best = 0;
    for (int k = 1; k < distances.length; k++) {
      best = distances[k] < distances[best] ? k : best;
    }
    return best;
  }

  private static float second(float[] distances, int best) {
    float second = Float.POSITIVE_INFINITY;
    for (int k = 0; k < distances.length; k++) {
      second = k != best && distances[k] < second ? distances[k] : second;
    }
    return second;
  }

  int events() {
    return events;
  }

  int pairs() {
    return first[events];
  }

  int nearest(int event) {
    return nearest[event];
  }

  /** Where an event's pairs begin; those of the last end where an event more would begin. */
  int first(int event) {
    return first[event];
  }

  int event(int pair) {
    return rows[pair];
  }

  int chart(int pair) {
    return members[pair];
  }

  /** Events of all pairs. */
  int[] events(int pairs) {
    return Arrays.copyOf(rows, pairs);
  }

  /** Rows of a table by pairs. */
  float[] byChart(float[] table, int width) {
    return gathered(table, members, width);
  }

  /** Rows of a batch by pairs. */
  float[] byEvent(float[] batch, int width) {
    return gathered(batch, rows, width);
  }

  private float[] gathered(float[] table, int[] indices, int width) {
    float[] values = new float[pairs() * width];
    for (int p = 0; p < pairs(); p++) {
      System.arraycopy(table, indices[p] * width, values, p * width, width);
    }
    return values;
  }
}
