package io.chartflow.model.linalg;

/**
 * Of the rows of a forward pass those that its backward pass is for, in their order. What was
 * remembered of them moves to the places of the first rows, and what was of the others is lost.
 * Working memory; grows, never shrinks.
 */
public final class KeptRows {

  private int[] rows = new int[0];
  private int before;
  private int count;

  /** Keeps none of so many rows. */
  public void begin(int before) {
    if (rows.length < before) {
      rows = new int[Rows.room(before)];
    }
    this.before = before;
    this.count = 0;
  }

  /** Keeps all of so many rows. */
  public void all(int before) {
    begin(before);
    for (int i = 0; i < before; i++) {
      rows[i] = i;
    }
    count = before;
  }

  /** Keeps one more, which comes after those that were kept before. */
  public void add(int row) {
    rows[count] = row;
    count++;
  }

  /** How many are kept. */
  public int count() {
    return count;
  }

  /** Which row the i-th of those kept was. */
  public int row(int i) {
    return rows[i];
  }

  /** Moves what lies row after row, {@code columns} numbers of each. */
  public void inRows(float[] data, int columns) {
    for (int i = 0; i < count; i++) {
      Matrix.copy(data, rows[i] * columns, data, i * columns, columns);
    }
  }

  /** The same of doubles. */
  public void inRows(double[] data, int columns) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(data, rows[i] * columns, data, i * columns, columns);
    }
  }

  /** Moves one number a row. */
  public void single(int[] data) {
    for (int i = 0; i < count; i++) {
      data[i] = data[rows[i]];
    }
  }

  /** Moves what lies column after column, each of as many numbers as there are rows. */
  public void inColumns(float[] data, int columns) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < count; i++) {
        data[j * count + i] = data[j * before + rows[i]];
      }
    }
  }

  /** Moves what lies in {@link RowBlocks}, whose places beyond the rows are left as they are. */
  public void inBlocks(float[] data, int columns) {
    for (int i = 0; i < count; i++) {
      int from = RowBlocks.at(rows[i], 0, columns);
      int to = RowBlocks.at(i, 0, columns);
      for (int at = 0; at < columns * RowBlocks.ROWS; at += RowBlocks.ROWS) {
        data[to + at] = data[from + at];
      }
    }
  }
}
