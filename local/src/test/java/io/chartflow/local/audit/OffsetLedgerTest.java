package io.chartflow.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetLedgerTest {

  private final OffsetLedger ledger = new OffsetLedger();

  @Test
  void everyPlaceOnceIsNothingTwiceAndNothingMissing() {
    for (int partition = 0; partition < 3; partition++) {
      for (long offset = 0; offset < 100; offset++) {
        assertThat(ledger.add(partition, offset)).isTrue();
      }
    }
    assertThat(ledger.distinct()).isEqualTo(300);
    assertThat(ledger.duplicates()).isZero();
    assertThat(ledger.missing(Map.of(0, 100L, 1, 100L, 2, 100L))).isZero();
    assertThat(ledger.firstMissing("events", Map.of(0, 100L))).isEmpty();
  }

  @Test
  void aPlaceThatComesAgainIsADuplicate() {
    ledger.add(0, 7);
    assertThat(ledger.add(0, 7)).isFalse();
    assertThat(ledger.add(1, 7)).isTrue();
    assertThat(ledger.duplicates()).isEqualTo(1);
    assertThat(ledger.distinct()).isEqualTo(2);
  }

  @Test
  void aGapAndAPartitionThatNeverCameAreMissing() {
    ledger.add(0, 0);
    ledger.add(0, 2);
    assertThat(ledger.missing(Map.of(0, 3L, 1, 5L))).isEqualTo(6);
    assertThat(ledger.firstMissing("events", Map.of(0, 3L))).isEqualTo("events-0@1");
  }

  @Test
  void anOffsetThatHasNoBitIsRefused() {
    assertThatThrownBy(() -> ledger.add(0, -1)).hasMessageContaining("got -1");
  }
}
