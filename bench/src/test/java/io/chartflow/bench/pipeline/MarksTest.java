package io.chartflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MarksTest {

  private static final long SECOND = 1_000_000_000L;

  private final Marks marks = new Marks();

  @Test
  void theSteadyRateLeavesOutTheStartAndTheWaitBeforeTheLastEvents() {
    marks.add(10 * SECOND, 50);
    marks.add(20 * SECOND, 100);
    marks.add(21 * SECOND, 400);
    marks.add(22 * SECOND, 400);
    marks.add(90 * SECOND, 50);

    assertThat(marks.last()).isEqualTo(1000);
    assertThat(marks.rate(0.1)).isEqualTo(400, within(1e-9));
  }

  @Test
  void looksThatFoundNothingNewDoNotCount() {
    marks.add(0, 100);
    marks.add(SECOND, 0);
    marks.add(2 * SECOND, 100);
    marks.add(3 * SECOND, 100);

    assertThat(marks.rate(0.1)).isEqualTo(50, within(1e-9));
  }

  @Test
  void oneLookHasNoRate() {
    marks.add(SECOND, 10);

    assertThat(marks.rate(0.1)).isNaN();
  }
}
