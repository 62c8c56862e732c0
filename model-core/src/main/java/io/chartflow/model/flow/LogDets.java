package io.chartflow.model.flow;

/** Sums of log-determinants, in doubles. */
final class LogDets {

  private LogDets() {}

  /**
   * {@code logDet[at + i] += scale·Σ_j s_ji} in the order of j; {@code s_ji} lies at {@code j·rows
   * + i}. Four rows at once, whose sums do not wait for each other: one after the other they took 7
   * % of scoring at D = 64.
   */
  static void add(double scale, float[] s, int features, int rows, double[] logDet, int at) {
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      double s0 = logDet[at + i];
      double s1 = logDet[at + i + 1];
      double s2 = logDet[at + i + 2];
      double s3 = logDet[at + i + 3];
      for (int j = 0; j < features; j++) {
        int m = j * rows + i;
        s0 += scale * s[m];
        s1 += scale * s[m + 1];
        s2 += scale * s[m + 2];
        s3 += scale * s[m + 3];
      }
      logDet[at + i] = s0;
      logDet[at + i + 1] = s1;
      logDet[at + i + 2] = s2;
      logDet[at + i + 3] = s3;
    }
    for (; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        logDet[at + i] += scale * s[j * rows + i];
      }
    }
  }
}
