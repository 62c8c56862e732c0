package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatsTest {

  @Test
  void floatsAreCopiedInAndOut() {
    float[] source = {1, 2, 3};
    Floats floats = Floats.copyOf(source);
    source[0] = 9;
    floats.toArray()[1] = 9;
    float[] target = new float[5];
    floats.copyTo(target, 1);

    assertThat(target).containsExactly(0, 1, 2, 3, 0);
    assertThat(floats.size()).isEqualTo(3);
    assertThat(floats).hasToString("[1.0, 2.0, 3.0]");
  }

  @Test
  void floatsAreEqualWhenEveryBitIs() {
    assertThat(Floats.copyOf(new float[] {Float.NaN}))
        .isEqualTo(Floats.copyOf(new float[] {Float.NaN}))
        .hasSameHashCodeAs(Floats.copyOf(new float[] {Float.NaN}));
    assertThat(Floats.copyOf(new float[] {0f})).isNotEqualTo(Floats.copyOf(new float[] {-0f}));
  }

  @Test
  void doublesAreCopiedInAndOut() {
    double[] source = {1, 2, 3};
    Doubles doubles = Doubles.copyOf(source);
    source[0] = 9;
    doubles.toArray()[1] = 9;
    double[] target = new double[5];
    doubles.copyTo(target, 1);

    assertThat(target).containsExactly(0, 1, 2, 3, 0);
    assertThat(doubles.get(2)).isEqualTo(3);
    assertThat(Doubles.copyOf(new double[9])).hasToString("Doubles[9]");
  }

  @Test
  void doublesAreEqualWhenEveryBitIs() {
    assertThat(Doubles.copyOf(new double[] {Double.NaN}))
        .isEqualTo(Doubles.copyOf(new double[] {Double.NaN}))
        .hasSameHashCodeAs(Doubles.copyOf(new double[] {Double.NaN}));
    assertThat(Doubles.copyOf(new double[] {0.0}))
        .isNotEqualTo(Doubles.copyOf(new double[] {-0.0}));
  }
}
