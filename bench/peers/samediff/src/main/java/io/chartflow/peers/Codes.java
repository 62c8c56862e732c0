package io.chartflow.peers;

import static io.chartflow.peers.ModelShape.CODE;

/** The codebook, kept by columns as well, so that distances to all codes are loops over charts. */
final class Codes {

  private final int charts;
  private final float[] rows;
  private final float[] columns;

  Codes(float[] rows) {
    this.charts = rows.length / CODE;
    this.rows = rows.clone();
    this.columns = new float[rows.length];
    for (int k = 0; k < charts; k++) {
      set(k, rows, k);
    }
  }

  /** Copies a code from row {@code i} of an array. */
  void set(int k, float[] from, int i) {
    for (int j = 0; j < CODE; j++) {
      rows[k * CODE + j] = from[i * CODE + j];
      columns[j * charts + k] = from[i * CODE + j];
    }
  }

  int charts() {
    return charts;
  }

  /** K rows. */
  float[] rows() {
    return rows;
  }

  /** Squared distances of row {@code i} to every code. */
  void distances(float[] encodings, int i, float[] distances) {
    for (int j = 0; j < CODE; j++) {
      float e = encodings[i * CODE + j];
      int column = j * charts;
      for (int k = 0; k < charts; k++) {
        float difference = e - columns[column + k];
        distances[k] = (j == 0 ? 0 : distances[k]) + difference * difference;
      }
    }
  }
}
