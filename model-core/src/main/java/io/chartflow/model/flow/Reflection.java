package io.chartflow.model.flow;

/**
 * Householder reflections {@code y = x − 2n(n·x)} of one row, the unit normal {@code n} in a
 * chart's row of a table. In double precision: eight of them in a row stay orthogonal to 1e-6.
 */
final class Reflection {

  private Reflection() {}

  /** {@code row ← row − 2n(n·row)}. */
  static void reflect(float[] table, int normal, double[] row) {
    double along = 2 * dot(table, normal, row);
    for (int j = 0; j < row.length; j++) {
      row[j] -= along * table[normal + j];
    }
  }

  /**
   * Takes row back to the reflection's input, dRow to its gradient, and adds the normal's; for
   * input and output of a reflection {@code n·x = −n·y}.
   */
  static void backward(
      float[] table, int normal, double[] row, double[] dRow, float[] dTable, int dNormal) {
    double along = 2 * dot(table, normal, row);
    double dAlong = 2 * dot(table, normal, dRow);
    for (int j = 0; j < row.length; j++) {
      double n = table[normal + j];
      row[j] -= along * n;
      dTable[dNormal + j] += (float) (dRow[j] * along - row[j] * dAlong);
      dRow[j] -= dAlong * n;
    }
  }

  private static double dot(float[] table, int normal, double[] row) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += table[normal + j] * row[j];
    }
    return sum;
  }
}
