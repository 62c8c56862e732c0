package io.chartflow.model.engine;

import io.chartflow.model.flow.Base;
import io.chartflow.model.flow.ChartFlow.FlowInputs;
import io.chartflow.model.flow.ChartFlow.FlowRun;
import io.chartflow.model.linalg.FirstColumns;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.vq.PairList;
import java.util.List;
import java.util.Optional;

/**
 * Sends (event, chart) pairs through the flow: {@code log p(x|k) = log q(f_k(x)) + log|det
 * J_{f_k}|}, standardised units. Working memory of one lane; grows, never shrinks.
 */
final class PairFlow {

  private final FlowRun run;
  private final Base base;
  private final int dimension;
  private final int latentDimension;
  private final Rows values;
  private final FirstColumns latents = new FirstColumns();
  private int[] chart = new int[0];
  private Optional<FlowInputs> inputs = Optional.empty();
  private Optional<FlowInputs> inputsBefore = Optional.empty();
  private double[] logDet = new double[0];
  private double[] logDensity = new double[0];

  PairFlow(Network network) {
    this.run = network.flow().run();
    this.base = network.base();
    this.dimension = network.dimension();
    this.latentDimension = network.latentDimension();
    this.values = new Rows(dimension);
  }

  /** Index one past the last event whose pairs still fit a pass that begins at event {@code i}. */
  static int passEnd(PairList pairs, int i) {
    int end = i + 1;
    while (end < pairs.rows() && pairs.first(end + 1) - pairs.first(i) <= Network.MAX_PAIRS) {
      end++;
    }
    return end;
  }

  /**
   * Runs the pairs {@code [from, to)} of {@code pairs} forward; pair row i is row {@code firstRow +
   * i} of {@code x}. Results lie in {@link #logDensity} and {@link #latents}, from index 0.
   */
  void forward(
      Kernels kernels,
      Weights weights,
      List<Matrix> tables,
      Matrix x,
      int firstRow,
      PairList pairs,
      int fromEvent,
      int toEvent) {
    int n = gather(x, firstRow, pairs, fromEvent, toEvent);
    Matrix rows = values.top(n);
    run.forward(inputs(kernels, weights, tables), rows, logDet);
    addBase(rows);
  }

  /**
   * As {@link #forward}, to the same bits, but nothing may be asked of it that goes backwards.
   *
   * @param codes of the charts, those of the tables
   */
  void score(
      Kernels kernels,
      Weights weights,
      List<Matrix> tables,
      Matrix codes,
      Matrix x,
      int firstRow,
      PairList pairs,
      int fromEvent,
      int toEvent) {
    int n = gather(x, firstRow, pairs, fromEvent, toEvent);
    run.score(inputs(kernels, weights, tables), codes, values, n, logDet);
    addBase(values.top(n));
  }

  /** Copies the pairs' events; returns how many pairs there are. */
  private int gather(Matrix x, int firstRow, PairList pairs, int fromEvent, int toEvent) {
    int from = pairs.first(fromEvent);
    int n = pairs.first(toEvent) - from;
    reserve(n);
    pairs.copyCharts(from, n, chart);
    float[] to = values.top(n).data();
    float[] events = x.data();
    for (int event = fromEvent; event < toEvent; event++) {
      int row = x.row(firstRow + event);
      int end = (pairs.first(event + 1) - from) * dimension;
      for (int at = (pairs.first(event) - from) * dimension; at < end; at += dimension) {
        for (int j = 0; j < dimension; j++) { // a call for a few numbers costs more
          to[at + j] = events[row + j];
        }
      }
    }
    return n;
  }

  private void addBase(Matrix rows) {
    for (int p = 0; p < rows.rows(); p++) {
      logDensity[p] = base.logDensity(rows, p) + logDet[p];
    }
  }

  /** {@code log p(x|k)} of the pairs of the last pass. */
  double[] logDensity() {
    return logDensity;
  }

  /** {@code f_k(x)} of the pairs of the last pass. */
  Matrix latents(int n) {
    return latents.of(values.top(n), latentDimension);
  }

  /** {@code ‖x − c_k(c_k†(x))‖²} of a pair of the last pass, standardised units; 0 if d = D. */
  double squaredDistance(int pair) {
    return latentDimension < dimension ? values.data()[pair * dimension + latentDimension] : 0;
  }

  /** Of the pairs of the last pass only these go backwards, and are read at their new places. */
  void keep(KeptRows pairs) {
    run.keep(pairs);
    pairs.single(chart);
    values.keep(pairs);
  }

  /** The last two are kept: passes whose products threads share take turns with others. */
  private FlowInputs inputs(Kernels kernels, Weights weights, List<Matrix> tables) {
    if (!reads(inputs, kernels, weights, tables)) {
      Optional<FlowInputs> last = inputs;
      inputs = inputsBefore;
      inputsBefore = last;
    }
    if (!reads(inputs, kernels, weights, tables)) {
      inputs = Optional.of(new FlowInputs(kernels, weights, tables, chart));
    }
    return inputs.get();
  }

  private boolean reads(
      Optional<FlowInputs> known, Kernels kernels, Weights weights, List<Matrix> tables) {
    return known.isPresent() && known.get().reads(kernels, weights, tables, chart);
  }

  /**
   * Back through the last pass, or the pairs kept of it; {@code dRows} (n × D) holds the loss's
   * gradient by the latents and, where they are fewer than D, behind it the gradient by the squared
   * distance.
   */
  void backward(
      Kernels kernels,
      Weights weights,
      List<Matrix> tables,
      Matrix dRows,
      float[] dLogDet,
      FlowGradient gradient) {
    run.backward(inputs(kernels, weights, tables), dRows, dLogDet, gradient.layers());
  }

  /** {@code log ∂z_j/∂x_j} of the n pairs of the last pass, (n × D); autoregressive flows alone. */
  void logScales(Kernels kernels, Weights weights, List<Matrix> tables, int n, double[] logScales) {
    run.logScales(inputs(kernels, weights, tables), n, logScales);
  }

  /**
   * From latents, in the first d of D columns, in place, to events, each by its chart.
   *
   * @param codes of the charts, those of the tables
   */
  void inverse(
      Kernels kernels,
      Weights weights,
      List<Matrix> tables,
      Matrix codes,
      Matrix latents,
      int[] charts) {
    reserve(latents.rows());
    System.arraycopy(charts, 0, chart, 0, latents.rows());
    run.inverse(inputs(kernels, weights, tables), codes, latents);
  }

  private void reserve(int n) {
    if (chart.length < n) {
      int room = n + n / 4;
      chart = new int[room];
      logDet = new double[room];
      logDensity = new double[room];
    }
  }
}
