package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void theBytesAreCopiedInAndOut() {
    byte[] array = {1, 2};
    Bytes bytes = Bytes.copyOf(array);
    array[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes.toArray()).containsExactly(1, 2);
    assertThat(bytes.size()).isEqualTo(2);
  }

  @Test
  void equalBytesAreEqual() {
    assertThat(Bytes.copyOf(new byte[] {1, 2}))
        .isEqualTo(Bytes.copyOf(new byte[] {1, 2}))
        .hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2}))
        .isNotEqualTo(Bytes.copyOf(new byte[] {1, 3}))
        .hasToString("Bytes[2]");
    assertThat(Bytes.copyOf(new byte[0])).isEqualTo(Bytes.EMPTY);
  }
}
