package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstColumnsTest {

  @Test
  void aViewIsMadeOnceForAMatrixAndAnewForAnother() {
    FirstColumns views = new FirstColumns();
    Matrix m = Matrix.zeros(5, 3);
    Matrix fewer = Matrix.zeros(2, 3);
    Matrix other = Matrix.zeros(5, 3);

    Matrix view = views.of(m, 2);
    assertThat(view).isEqualTo(m.columns(0, 2));
    assertThat(views.of(fewer, 2)).isEqualTo(fewer.columns(0, 2));
    assertThat(views.of(m, 2)).isSameAs(view);
    assertThat(views.of(other, 2)).isEqualTo(other.columns(0, 2));
  }
}
