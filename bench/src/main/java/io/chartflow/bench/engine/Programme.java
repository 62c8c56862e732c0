package io.chartflow.bench.engine;

import io.chartflow.bench.engine.Race.Entry;
import io.chartflow.bench.engine.Race.Leg;
import java.util.ArrayList;
import java.util.List;

/** Which shapes, batches and threads are raced. */
record Programme(List<Leg> legs) {

  /** Leg beside the peers. */
  static final String PEERS = "peers";

  /** Leg of our own engine at growing sizes. */
  static final String GROWTH = "growth";

  private static final List<Work> BOTH = List.of(Work.values());
  private static final List<Integer> BATCHES = List.of(64, 256, 1024, 4096);

  /** Everything: a matter of hours with three rounds, PyTorch's compiler included. */
  static Programme full(List<Contender> contenders) {
    List<Leg> legs = new ArrayList<>();
    for (Shape shape :
        List.of(
            Shape.of(3, 64, 64),
            Shape.of(16, 128, 64),
            Shape.of(64, 256, 64),
            Shape.of(784, 512, 64))) {
      // At this size a step of 4,096 rows takes seconds.
      List<Integer> batches = shape.dimension() > 100 ? BATCHES.subList(0, 3) : BATCHES;
      legs.add(new Leg(PEERS, shape, BOTH, batches, 2, entries(contenders, 1, 2)));
    }
    legs.addAll(growth(List.of(32, 64, 256, 1024), List.of(10, 20), List.of(128, 256)));
    return new Programme(legs);
  }

  /** The sizes that the targets name, on one thread: some seven minutes with two rounds. */
  static Programme quick(List<Contender> contenders) {
    List<Leg> legs = new ArrayList<>();
    for (Shape shape : List.of(Shape.of(3, 64, 64), Shape.of(64, 256, 64))) {
      legs.add(new Leg(PEERS, shape, BOTH, List.of(256, 1024), 1, entries(contenders, 1)));
    }
    legs.addAll(growth(List.of(32, 1024), List.of(), List.of()));
    return new Programme(legs);
  }

  private static List<Entry> entries(List<Contender> contenders, int... threads) {
    List<Entry> entries = new ArrayList<>();
    for (int count : threads) {
      contenders.forEach(contender -> entries.add(new Entry(contender, count)));
    }
    return entries;
  }

  private static List<Leg> growth(
      List<Integer> charts, List<Integer> couplings, List<Integer> widths) {
    List<Shape> shapes = new ArrayList<>();
    charts.forEach(k -> shapes.add(Shape.of(3, 64, k)));
    couplings.forEach(l -> shapes.add(new Shape(3, 64, 64, l)));
    widths.forEach(w -> shapes.add(Shape.of(3, w, 64)));
    List<Entry> ours = entries(List.of(Contender.ours()), 1);
    return shapes.stream().map(s -> new Leg(GROWTH, s, BOTH, List.of(1024), 1, ours)).toList();
  }
}
