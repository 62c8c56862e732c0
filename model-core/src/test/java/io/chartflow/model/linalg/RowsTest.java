package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void aViewOfANumberOfRowsIsMadeOnceAndFewerRowsKeepTheirValues() {
    Rows rows = new Rows(3);
    Matrix five = rows.top(5);
    five.set(1, 2, 7f);

    assertThat(rows.top(5)).isSameAs(five);
    assertThat(rows.top(2).get(1, 2)).isEqualTo(7f);
    assertThat(rows.top(2).rows()).isEqualTo(2);
    assertThat(rows.top(0).rows()).isZero();
  }

  @Test
  void moreRowsThanEverGetLargerMemory() {
    Rows rows = new Rows(2);
    Matrix small = rows.top(4);
    Matrix large = rows.top(100);

    assertThat(large.data()).hasSizeGreaterThanOrEqualTo(200).isSameAs(rows.data());
    assertThat(large.data()).isNotSameAs(small.data());
    assertThat(rows.top(4).data()).isSameAs(large.data());
  }

  @Test
  void memoryGrowsByPowersOfTwo() {
    Rows rows = new Rows(2);
    Matrix some = rows.top(129);

    assertThat(rows.top(256).data()).isSameAs(some.data());
    assertThat(rows.top(257).data()).isNotSameAs(some.data());
  }
}
