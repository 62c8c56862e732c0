package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import org.jspecify.annotations.Nullable;

/** A network on the codes: a row of {@code outputs} numbers for each chart. It starts at zero. */
final class CodeNet {

  private static final int WIDTH = 64;
  private static final Matrix NONE = Matrix.zeros(0, 0);

  private final Mlp net;
  private final ThreadLocal<Memory> memory;

  CodeNet(ParameterLayout layout, int codeDimension, int outputs) {
    this.net = new Mlp(layout, codeDimension, WIDTH, outputs);
    this.memory = ThreadLocal.withInitial(() -> new Memory(outputs));
  }

  void initialise(float[] theta, SplitMix random) {
    net.initialise(theta, random, net.inputs(), true);
  }

  /** The outputs (K × outputs), which the next call of this thread overwrites. */
  Matrix forward(Kernels kernels, Weights weights, ChartSet charts) {
    Memory own = memory.get();
    Matrix y = own.outputs.top(charts.count());
    net.forward(kernels, weights, charts.codes(), own.tape, y);
    own.weights = weights;
    own.charts = charts;
    return y;
  }

  /**
   * A copy of what {@link #forward} returned last, in whose place its gradient may be left.
   *
   * @throws IllegalStateException if that was of other weights or charts
   */
  Matrix outputs(Weights weights, ChartSet charts) {
    Memory own = memory.get();
    if (own.weights != weights || own.charts != charts) {
      throw new IllegalStateException(
          "expected a table's gradient on the thread that filled the table last, for the same"
              + " weights and charts, got another's");
    }
    Matrix copy = own.gradients.top(charts.count());
    own.outputs.top(charts.count()).copyTo(copy);
    return copy;
  }

  /** Adds the weights' gradient, given that of the {@link #outputs}. */
  void backward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix dOutputs, Views gradient) {
    net.backward(kernels, weights, charts.codes(), memory.get().tape, dOutputs, NONE, gradient);
  }

  /** Working memory of one thread. */
  private static final class Memory {

    private final MlpTape tape = new MlpTape(WIDTH);
    private final Rows outputs;
    private final Rows gradients;
    private @Nullable Weights weights;
    private @Nullable ChartSet charts;

    private Memory(int outputs) {
      this.outputs = new Rows(outputs);
      this.gradients = new Rows(outputs);
    }
  }
}
