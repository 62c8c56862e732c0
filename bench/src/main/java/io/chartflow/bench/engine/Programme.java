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

  /** Every shape, batch and number of threads, each measured for seconds; quick ones for one. */
  static Programme of(Sizes sizes, List<Contender> contenders) {
    double seconds = sizes.growth() ? 2 : 1;
    List<Leg> legs = new ArrayList<>();
    for (Shape shape : sizes.shapes()) {
      List<Entry> entries = entries(contenders, sizes.threads());
      legs.add(new Leg(PEERS, shape, BOTH, sizes.batches(shape), seconds, entries));
    }
    legs.addAll(
        sizes.growth()
            ? growth(List.of(32, 64, 256, 1024), List.of(10, 20), List.of(128, 256))
            : growth(List.of(32, 1024), List.of(), List.of()));
    return new Programme(legs);
  }

  private static List<Entry> entries(List<Contender> contenders, List<Integer> threads) {
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
    List<Entry> ours = entries(List.of(Contender.ours()), List.of(1));
    return shapes.stream().map(s -> new Leg(GROWTH, s, BOTH, List.of(1024), 1, ours)).toList();
  }
}
