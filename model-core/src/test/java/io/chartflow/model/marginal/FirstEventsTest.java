package io.chartflow.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.linalg.Doubles;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstEventsTest {

  @Test
  void aFewEventsAreAllKept() {
    FirstEvents first = new FirstEvents(2, 1);
    first.update(new double[] {3, -1, 1, -0.0, 2, -2}, 3);

    assertThat(first.count()).isEqualTo(3);
    assertThat(first.sorted(0)).containsExactly(1, 2, 3);
    assertThat(first.sorted(1)).containsExactly(-2, -1, 0);
    assertThat(first.state().rows())
        .isEqualTo(Doubles.copyOf(new double[] {3, -1, 1, -0.0, 2, -2}));
  }

  @Test
  void ofManyEventsEachIsKeptWithTheSameChance() {
    int[] kept = new int[10];
    for (int seed = 0; seed < 20; seed++) {
      FirstEvents first = new FirstEvents(1, seed);
      first.update(IntStream.range(0, 40_960).asDoubleStream().toArray(), 40_960);
      assertThat(first.sorted(0)).hasSize(4096).doesNotHaveDuplicates();
      for (double value : first.sorted(0)) {
        kept[(int) (value / 4096)]++;
      }
    }
    double chiSquared = 0;
    for (int tenth : kept) {
      chiSquared += Math.pow(tenth - 8192, 2) / 8192;
    }
    assertThat(chiSquared).as("9 degrees of freedom, 99.9 %").isLessThan(27.9);
  }

  @Test
  void anEventThatCannotBeMeasuredIsNotSeen() {
    FirstEvents first = new FirstEvents(2, 1);
    first.update(
        new double[] {1, 1, Double.NaN, 5, 2, Double.POSITIVE_INFINITY, 3, 3, 1e300, 0, 0, -1e101},
        6);

    assertThat(first.count()).isEqualTo(2);
    assertThat(first.sorted(0)).containsExactly(1, 3);
  }

  @Test
  void wideEventsAreKeptWithinTheMemory() {
    assertThat(FirstEvents.capacity(3)).isEqualTo(4096);
    assertThat(FirstEvents.capacity(128)).isEqualTo(4096);
    assertThat(FirstEvents.capacity(1000)).isEqualTo(524);
    assertThat(FirstEvents.capacity(100_000)).isEqualTo(128);
  }

  @Test
  void restoredAndInOtherPortionsItGoesOnToTheSameBits() {
    double[] values = Feature.NORMAL.draw(30_000, 2);
    FirstEvents straight = new FirstEvents(3, 7);
    straight.update(values, 10_000);
    FirstEvents restarted = new FirstEvents(3, 7);
    for (int from = 0; from < 10_000; from += 500) {
      restarted.update(Arrays.copyOfRange(values, 3 * from, 3 * (from + 500)), 500);
      restarted = new FirstEvents(restarted.state());
    }

    assertThat(restarted.state()).isEqualTo(straight.state());
    assertThat(new FirstEvents(3, 8).state()).isNotEqualTo(new FirstEvents(3, 7).state());
  }

  @Test
  void aStateWithoutItsRowsIsRefused() {
    assertThatThrownBy(() -> new FirstEventsState(2, 5, 0, Doubles.copyOf(new double[8])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first events must be 10 values after 5 events of 2 features, got 8");
  }
}
