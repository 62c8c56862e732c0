package io.chartflow.model.engine;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Something for each number from 0 to a largest one, made once, so that no step has to. */
final class EachCount<T> {

  private final List<T> made;

  EachCount(int most, IntFunction<T> make) {
    this.made = IntStream.rangeClosed(0, most).mapToObj(make).toList();
  }

  T of(int count) {
    return made.get(count);
  }
}
