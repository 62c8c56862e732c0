package io.chartflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.bench.stats.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void numbersHaveARealMinusAndNoNumberIsADash() {
    assertThat(MarkdownTable.number(-1.25, 1)).isEqualTo("−1.3");
    assertThat(MarkdownTable.number(Double.NaN, 1)).isEqualTo("–");
    assertThat(MarkdownTable.gain(0.5, 2)).isEqualTo("+0.50");
    assertThat(MarkdownTable.interval(Summary.of(List.of(1.0)), 2)).isEqualTo("1.00");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatThrownBy(() -> new MarkdownTable("a", "b").row(List.of("1")))
        .hasMessageContaining("expected 2 cells");
  }
}
