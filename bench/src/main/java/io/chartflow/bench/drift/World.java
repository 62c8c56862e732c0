package io.chartflow.bench.drift;

import io.chartflow.local.data.EventSource;
import io.chartflow.local.data.TrueDensity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mixture of shapes up to some event and another from then on; knows the density of each moment.
 *
 * @param before the mixture of the first events
 * @param after the mixture from event {@code change} on
 * @param change number of the first event of the new mixture
 */
record World(List<Part> before, List<Part> after, long change) {

  private static final int D = 3;

  World {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The mixture of this moment. */
  private List<Part> parts(long index) {
    return index < change ? before : after;
  }

  /** {@code log Σ_c w_c p_c(x − s_c)} of the moment. */
  double logDensity(double[] x, long index) {
    double max = Double.NEGATIVE_INFINITY;
    List<Part> parts = parts(index);
    double[] terms = new double[parts.size()];
    double[] back = new double[D];
    for (int c = 0; c < terms.length; c++) {
      Part part = parts.get(c);
      for (int j = 0; j < D; j++) {
        back[j] = x[j] - part.shift().get(j);
      }
      TrueDensity density = part.dataSet().truth().orElseThrow();
      terms[c] = Math.log(part.weight()) + density.logDensity(back, index);
      max = Math.max(max, terms[c]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - max);
    }
    return max + Math.log(sum);
  }

  /** Its events, one after the other. */
  Events events(long seed) {
    return new Events(seed);
  }

  /** A cursor over the events. */
  final class Events implements AutoCloseable {

    private final SplittableRandom choice;
    private final List<EventSource> early = new ArrayList<>();
    private final List<EventSource> late = new ArrayList<>();
    private long next;

    Events(long seed) {
      SplittableRandom seeds = new SplittableRandom(seed);
      this.choice = seeds.split();
      before.forEach(part -> early.add(part.dataSet().events(seeds.nextLong())));
      after.forEach(part -> late.add(part.dataSet().events(seeds.nextLong())));
    }

    /** Writes the next event to {@code out} and returns its number. */
    long next(double[] out) {
      List<Part> parts = parts(next);
      int chosen = 0;
      double left = choice.nextDouble();
      while (chosen < parts.size() - 1 && left >= parts.get(chosen).weight()) {
        left -= parts.get(chosen).weight();
        chosen++;
      }
      EventSource source = (next < change ? early : late).get(chosen);
      source.next();
      source.copyTo(out);
      for (int j = 0; j < D; j++) {
        out[j] += parts.get(chosen).shift().get(j);
      }
      return next++;
    }

    @Override
    public void close() {
      early.forEach(EventSource::close);
      late.forEach(EventSource::close);
    }
  }
}
