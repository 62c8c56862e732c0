package io.chartflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DelaysTest {

  private static final long MILLI = 1_000_000L;

  @Test
  void quantilesAreOfWhatCameAfterTheWarmUp() {
    Delays delays = new Delays(100);
    for (int i = 0; i < 50; i++) {
      delays.add(10_000 * MILLI);
    }
    for (int i = 100; i > 0; i--) {
      delays.add(i * MILLI);
    }
    Delays.Quantiles found = delays.after(50);

    assertThat(found.events()).isEqualTo(100);
    assertThat(found.p50()).isEqualTo(50, within(1e-9));
    assertThat(found.p99()).isEqualTo(99, within(1e-9));
    assertThat(found.max()).isEqualTo(100, within(1e-9));
  }

  @Test
  void nothingHasNoQuantiles() {
    assertThat(new Delays(0).after(0).p99()).isNaN();
  }
}
