package io.chartflow.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Orders of the features between couplings: turns by half, and the model's own seeded shuffles. */
final class Orders {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final int dimension;
  private long state;

  private Orders(int dimension) {
    this.dimension = dimension;
    this.state = mix(dimension + GAMMA * 8) ^ mix(7 + 0x632BE59BD9B4E019L);
  }

  /** The order in front of each coupling; that of the first changes nothing. */
  static List<int[]> of(int dimension, int couplings) {
    Orders shuffles = new Orders(dimension);
    List<int[]> orders = new ArrayList<>();
    for (int i = 0; i < couplings; i++) {
      boolean shuffled = i > 0 && i % 2 == 0 && dimension > 3;
      int turn = i == 0 ? 0 : Math.max(1, dimension / 2);
      orders.add(shuffled ? shuffles.next() : turned(dimension, turn));
    }
    return orders;
  }

  /** The order that undoes this one. */
  static int[] inverse(int[] order) {
    int[] back = new int[order.length];
    for (int j = 0; j < order.length; j++) {
      back[order[j]] = j;
    }
    return back;
  }

  /** Whether the halves change places. */
  static boolean turnsByHalf(int[] order) {
    return Arrays.equals(order, turned(order.length, order.length / 2));
  }

  private static int[] turned(int dimension, int by) {
    int[] order = new int[dimension];
    for (int j = 0; j < dimension; j++) {
      order[j] = (j + by) % dimension;
    }
    return order;
  }

  private int[] next() {
    int[] order = turned(dimension, 0);
    for (int j = dimension - 1; j > 0; j--) {
      state += GAMMA;
      int other = (int) ((mix(state) >>> 11) * 0x1p-53 * (j + 1));
      int moved = order[j];
      order[j] = order[other];
      order[other] = moved;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
