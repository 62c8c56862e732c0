package io.chartflow.model.engine;

import java.util.Arrays;

/**
 * Scores of a batch, refilled in place by {@link AtlasScorer#score}. Row {@code i} has log-density
 * {@code logDensity(i)} in nats and input units, its most probable chart, and the posterior {@code
 * p(k|x)} over the charts of its sum, sorted by chart.
 */
public final class ScoreBatch {

  private int size;
  private double[] logDensity = new double[0];
  private double[] truncated = new double[0];
  private float[] offManifoldDistance = new float[0];
  private int[] chart = new int[0];
  private int[] first = new int[1];
  private int[] posteriorChart = new int[0];
  private float[] posterior = new float[0];

  /** Empties the batch and makes room for {@code rows} rows. */
  public void clear(int rows) {
    size = 0;
    if (logDensity.length < rows) {
      logDensity = new double[rows];
      truncated = new double[rows];
      offManifoldDistance = new float[rows];
      chart = new int[rows];
      first = new int[rows + 1];
    }
    first[0] = 0;
  }

  /** Adds a chart and its posterior probability to the row that is being written. */
  public void addPosterior(int k, float probability) {
    int at = first[size] + pending;
    if (at == posteriorChart.length) {
      int room = Math.max(64, 2 * at);
      posteriorChart = Arrays.copyOf(posteriorChart, room);
      posterior = Arrays.copyOf(posterior, room);
    }
    posteriorChart[at] = k;
    posterior[at] = probability;
    pending++;
  }

  private int pending;

  /**
   * Ends the row that is being written.
   *
   * @param rowTruncated see {@link #truncatedLogDensity}
   */
  public void endRow(
      double rowLogDensity, double rowTruncated, int mostProbableChart, float distance) {
    logDensity[size] = rowLogDensity;
    truncated[size] = rowTruncated;
    chart[size] = mostProbableChart;
    offManifoldDistance[size] = distance;
    first[size + 1] = first[size] + pending;
    pending = 0;
    size++;
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** {@code log p(x)} of a row, in nats, in the units of the input. */
  public double logDensity(int row) {
    return logDensity[row];
  }

  /**
   * The row's log-density by {@link DensitySum#TRUNCATED}, whatever sum {@link #logDensity} is: an
   * atlas calibrates on this one, so p-values are of this one. NaN where only some features were
   * scored.
   */
  public double truncatedLogDensity(int row) {
    return truncated[row];
  }

  /** The most probable chart of a row. */
  public int chart(int row) {
    return chart[row];
  }

  /** {@code ‖x − c_k(c_k†(x))‖}, input units, of the most probable chart; 0 when {@code d = D}. */
  public float offManifoldDistance(int row) {
    return offManifoldDistance[row];
  }

  /** Number of charts in the row's posterior. */
  public int posteriorSize(int row) {
    return first[row + 1] - first[row];
  }

  /** The {@code i}-th chart of the row's posterior. */
  public int posteriorChart(int row, int i) {
    return posteriorChart[first[row] + i];
  }

  /** The probability of the {@code i}-th chart of the row's posterior. */
  public float posterior(int row, int i) {
    return posterior[first[row] + i];
  }
}
