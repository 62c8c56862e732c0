package io.chartflow.model.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Something for each number from 0 to a largest one, made when it is first asked for. */
final class EachCount<T> {

  private final IntFunction<T> make;
  private final List<@Nullable T> made;

  EachCount(int most, IntFunction<T> make) {
    this.make = make;
    this.made = new ArrayList<>(Collections.nCopies(most + 1, null));
  }

  T of(int count) {
    T one = made.get(count);
    if (one == null) {
      one = make.apply(count);
      made.set(count, one);
    }
    return one;
  }
}
