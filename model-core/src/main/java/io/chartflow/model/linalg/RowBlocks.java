package io.chartflow.model.linalg;

/**
 * Rows laid side by side, {@value #ROWS} to a block, so that a vector of any length takes one
 * number of each: element (i, j) of n×m lies at {@code ((i/16)·m + j)·16 + i mod 16}. A last block
 * that is not full repeats the last row.
 */
public final class RowBlocks {

  /** Rows of a block. */
  public static final int ROWS = 16;

  private RowBlocks() {}

  /** Blocks of so many rows. */
  public static int count(int rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** Where element (i, j) of rows of {@code columns} columns lies. */
  public static int at(int i, int j, int columns) {
    return (i / ROWS * columns + j) * ROWS + i % ROWS;
  }

  /** Lays out {@code columns} columns from {@code first} on. */
  public static void gather(Matrix rows, int first, int columns, float[] blocks) {
    float[] data = rows.data();
    int last = rows.rows() - 1;
    for (int i = 0; i < count(rows.rows()) * ROWS; i++) {
      int from = rows.row(Math.min(i, last)) + first;
      int to = at(i, 0, columns);
      for (int j = 0; j < columns; j++) {
        blocks[to + j * ROWS] = data[from + j];
      }
    }
  }

  /** Puts back what {@link #gather} laid out. */
  public static void scatter(float[] blocks, Matrix rows, int first, int columns) {
    float[] data = rows.data();
    for (int i = 0; i < rows.rows(); i++) {
      int to = rows.row(i) + first;
      int from = at(i, 0, columns);
      for (int j = 0; j < columns; j++) {
        data[to + j] = blocks[from + j * ROWS];
      }
    }
  }
}
