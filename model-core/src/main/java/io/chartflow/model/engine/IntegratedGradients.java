package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code IG_j = (x_j − b_j)·∫₀¹ ∂S/∂x_j(b + t·(x − b)) dt}: what each feature adds to the surprisal
 * along the straight line from a baseline {@code b} to an event {@code x}, the charts and their
 * weights held as they are at the event; standardised units. Complete: {@code Σ_j IG_j = S(x) −
 * S(b)} but for the error of the integral.
 *
 * <p>The line is cut into intervals with {@value #NODES} Gauss–Legendre nodes each. The values of
 * {@code S} at an interval's ends say what its integral should be, so its error is known, and the
 * intervals with the largest errors are halved until the errors' sum is small enough or the nodes
 * are {@value #MOST_NODES}.
 *
 * <p>Source: Sundararajan, Taly, Yan 2017, equation 1 and proposition 1.
 */
final class IntegratedGradients {

  static final int NODES = 4;
  static final int MOST_NODES = 4096;

  /** An interval is halved in this round if its error is at least this share of the largest. */
  private static final double WORST = 0.1;

  private final PathGradient path;
  private final int dimension;
  private final GaussLegendre rule = new GaussLegendre(NODES);
  private float[] points = new float[0];
  private double[] surprisal = new double[0];
  private double[] gradient = new double[0];

  IntegratedGradients(PathGradient path, int dimension) {
    this.path = path;
    this.dimension = dimension;
  }

  /**
   * A line and what is summed along it.
   *
   * @param baseline b, (D)
   * @param event x, (D)
   * @param charts of the sum
   * @param logWeight {@code log w_k} of every chart of the atlas
   */
  @SuppressWarnings("ArrayRecordComponent") // views of working memory, compared by nobody
  record Line(float[] baseline, float[] event, int[] charts, double[] logWeight) {

    private void at(double t, Matrix out, int row) {
      for (int j = 0; j < event.length; j++) {
        out.set(row, j, (float) ((1 - t) * baseline[j] + t * event[j]));
      }
    }
  }

  /**
   * Writes {@code IG_j} to {@code out}, with {@code S(b)} in equal parts added to all features.
   *
   * @return the completeness error {@code |Σ_j IG_j − (S(x) − S(b))|}
   */
  double integrate(Line line, double tolerance, double[] out) {
    double[] ends = {0, 0.5, 1};
    evaluate(line, ends);
    double first = surprisal[0];
    List<Interval> intervals = new ArrayList<>();
    intervals.add(new Interval(0, 0.5, surprisal[0], surprisal[1]));
    intervals.add(new Interval(0.5, 1, surprisal[1], surprisal[2]));
    List<Interval> open = new ArrayList<>(intervals);
    int nodes = 0;
    while (true) {
      integrate(line, open);
      nodes += open.size() * NODES;
      double errors = intervals.stream().mapToDouble(i -> Math.abs(i.error)).sum();
      double largest = intervals.stream().mapToDouble(i -> Math.abs(i.error)).max().orElse(0);
      double share = Math.max(tolerance / intervals.size(), WORST * largest);
      int room = (MOST_NODES - nodes) / (2 * NODES);
      List<Interval> worst =
          intervals.stream()
              .filter(i -> Math.abs(i.error) >= share)
              .sorted((a, b) -> Double.compare(Math.abs(b.error), Math.abs(a.error)))
              .limit(room)
              .toList();
      if (errors <= tolerance || worst.isEmpty()) {
        break;
      }
      open = new ArrayList<>();
      for (Interval wide : worst) {
        open.add(wide.left());
        open.add(wide.right());
      }
      intervals.removeAll(worst);
      intervals.addAll(open);
    }
    double error = 0;
    java.util.Arrays.fill(out, 0, dimension, first / dimension);
    for (Interval interval : intervals) {
      error += interval.error;
      for (int j = 0; j < dimension; j++) {
        out[j] += interval.sums[j];
      }
    }
    return Math.abs(error);
  }

  /** Fills sums, error and the middle's value of each of these intervals. */
  private void integrate(Line line, List<Interval> open) {
    double[] times = new double[open.size() * (NODES + 1)];
    for (int i = 0; i < open.size(); i++) {
      Interval interval = open.get(i);
      int at = i * (NODES + 1);
      times[at + NODES] = interval.middle();
      for (int n = 0; n < NODES; n++) {
        times[at + n] = interval.from + (interval.to - interval.from) * rule.node(n);
      }
    }
    evaluate(line, times);
    for (int i = 0; i < open.size(); i++) {
      Interval interval = open.get(i);
      int at = i * (NODES + 1);
      interval.atMiddle = surprisal[at + NODES];
      double total = 0;
      for (int j = 0; j < dimension; j++) {
        double mean = 0;
        for (int n = 0; n < NODES; n++) {
          mean += rule.weight(n) * gradient[(at + n) * dimension + j];
        }
        double step = (double) line.event[j] - line.baseline[j];
        interval.sums[j] = step * (interval.to - interval.from) * mean;
        total += interval.sums[j];
      }
      interval.error = total - (interval.atTo - interval.atFrom);
    }
  }

  private void evaluate(Line line, double[] times) {
    int n = times.length;
    if (surprisal.length < n) {
      surprisal = new double[n];
      gradient = new double[n * dimension];
      points = new float[n * dimension];
    }
    Matrix rows = Matrix.of(points, 0, n, dimension);
    for (int i = 0; i < n; i++) {
      line.at(times[i], rows, i);
    }
    path.evaluate(rows, line.charts, line.logWeight, surprisal, gradient);
  }

  /** A part of the line, with the surprisal at its ends and middle. */
  private final class Interval {

    private final double from;
    private final double to;
    private final double atFrom;
    private final double atTo;
    private final double[] sums = new double[dimension];
    private double atMiddle;
    private double error;

    private Interval(double from, double to, double atFrom, double atTo) {
      this.from = from;
      this.to = to;
      this.atFrom = atFrom;
      this.atTo = atTo;
    }

    private double middle() {
      return (from + to) / 2;
    }

    private Interval left() {
      return new Interval(from, middle(), atFrom, atMiddle);
    }

    private Interval right() {
      return new Interval(middle(), to, atMiddle, atTo);
    }
  }
}
