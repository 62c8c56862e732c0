package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstColumnsTest {

  @Test
  void aViewOfEachNumberOfRowsIsMadeOnce() {
    FirstColumns views = new FirstColumns();
    Matrix m = Matrix.zeros(5, 3);

    for (int rows = 0; rows <= 5; rows++) {
      Matrix view = views.of(m.top(rows), 2);
      assertThat(view).isEqualTo(m.top(rows).columns(0, 2));
      assertThat(views.of(m.top(rows), 2)).isSameAs(view);
    }
  }

  @Test
  void anotherMatrixIsViewedAnew() {
    FirstColumns views = new FirstColumns();
    Matrix wide = Matrix.zeros(6, 4);
    List<Matrix> matrices =
        List.of(
            wide, // and others: more rows, elsewhere, wider apart
            Matrix.zeros(9, 4),
            wide.rows(1, 5),
            wide.columns(0, 3),
            new Matrix(wide.data(), 0, 3, 4, 8),
            Matrix.zeros(2000, 4));

    for (Matrix m : matrices) {
      assertThat(views.of(m, 2)).isEqualTo(m.columns(0, 2));
    }
  }
}
