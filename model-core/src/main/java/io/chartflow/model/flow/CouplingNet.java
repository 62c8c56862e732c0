package io.chartflow.model.flow;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.FirstColumns;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/**
 * The network of a coupling: {@code net(x_kept, v_k)}, two hidden layers. The first layer's product
 * with {@code v_k} is the same for all rows of a chart and comes from the table, whose columns are
 * the first layer's units. Where inputs are few and charts many, the table holds the codes alone:
 * to multiply each row's anew takes less time than a large table and its gradient. The sums are the
 * same ones. The last layer starts at zero.
 */
final class CouplingNet {

  /** So many inputs are multiplied in less time than a row of a table is fetched and added. */
  private static final int MOST_INPUTS = 16;

  /** From so many charts on tables and their gradients do not stay in cache. */
  private static final int MANY_CHARTS = 256;

  private final int kept;
  private final boolean tabled;
  private final Mlp net;
  private final CodeLayer code;

  CouplingNet(
      ParameterLayout layout, int kept, int codeDimension, int charts, int width, int outputs) {
    this.kept = kept;
    this.tabled = kept + codeDimension > MOST_INPUTS || charts < MANY_CHARTS;
    this.net = new Mlp(layout, kept, width, outputs);
    this.code = new CodeLayer(layout, codeDimension, net.firstBias());
  }

  int tableColumns() {
    return tabled ? net.width() : code.codeDimension();
  }

  int gradientColumns() {
    return tabled ? net.width() : 0;
  }

  void initialise(float[] theta, SplitMix random) {
    int fanIn = kept + code.codeDimension();
    net.initialise(theta, random, fanIn, true);
    code.initialise(theta, fanIn, random);
  }

  void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    if (tabled) {
      code.fill(kernels, weights, charts, table);
    } else {
      charts.codes().copyTo(table);
    }
  }

  void tableBackward(Kernels kernels, ChartSet charts, Matrix tableGradient, Views gradient) {
    if (tabled) {
      code.backward(kernels, charts.codes(), tableGradient, gradient);
    }
  }

  Run run() {
    return new Run();
  }

  /** Whether {@link #forward} can run. */
  boolean fitsBlocks() {
    return net.fitsBlocks();
  }

  /** Runs one block, whose first features are read; its outputs go to {@code y}. */
  void forward(FlowPass pass, FlowBlocks blocks, int block, AlignedFloats y) {
    Weights weights = pass.weights();
    AlignedFloats h1 = blocks.hidden1(net.width());
    if (kept + code.codeDimension() <= MOST_INPUTS) {
      Matrix codes = weights.view(code.weights());
      Matrix own = weights.view(net.firstWeights());
      Matrix bias = weights.view(net.firstBias());
      int skip = blocks.codesBefore(block);
      blocks.kernels().affine(blocks.features(), skip, codes, own, bias, true, h1);
    } else {
      blocks.gather(pass.table(), block, h1);
      Packed own = weights.packed(net.firstWeights());
      int skip = blocks.featuresBefore(block);
      blocks.kernels().affine(blocks.features(), skip, own, true, h1);
    }
    net.forwardFrom(blocks.kernels(), weights, h1, blocks.hidden2(net.width()), y);
  }

  /** The network at work, with memory of its own. */
  final class Run {

    private final MlpTape tape = new MlpTape(net.width());
    private final Rows keptInputs = new Rows(kept);
    private final Optional<CodedLayer> coded =
        tabled
            ? Optional.empty()
            : Optional.of(new CodedLayer(net.firstBias(), code.weights(), net.firstWeights()));
    private final FirstColumns keptGradients = new FirstColumns();
    private final Rows outputs = new Rows(net.outputs());

    /** Reads the first columns of {@code rows}; the result is overwritten by the next call. */
    Matrix forward(FlowPass pass, Matrix rows) {
      int n = rows.rows();
      Matrix h1 = tape.hidden1(n);
      if (tabled) {
        Matrix x = keptOf(rows);
        Packed w = pass.weights().packed(net.firstWeights());
        pass.kernels().reluFromTable(x, w, pass.table(), pass.chart(), h1);
      } else {
        coded.orElseThrow().forward(pass, rows, h1);
      }
      Matrix out = outputs(n);
      net.forwardFrom(pass.kernels(), pass.weights(), tape, out);
      return out;
    }

    /** A copy of the first columns. */
    private Matrix keptOf(Matrix rows) {
      int n = rows.rows();
      Matrix x = keptInputs.top(n);
      if (kept > MOST_INPUTS) {
        for (int i = 0; i < n; i++) {
          System.arraycopy(rows.data(), rows.row(i), x.data(), i * kept, kept);
        }
      } else { // loops over rows are longer than those over features
        for (int j = 0; j < kept; j++) {
          for (int i = 0; i < n; i++) {
            x.data()[i * kept + j] = rows.data()[rows.row(i) + j];
          }
        }
      }
      return x;
    }

    /** Of the rows of the last forward pass only these go backwards. */
    void keep(KeptRows rows) {
      tape.keep(rows);
      if (tabled) {
        keptInputs.keep(rows);
      } else {
        coded.orElseThrow().keep(rows);
      }
    }

    /** What {@link #forward} returned; a backward pass may leave its gradient there. */
    Matrix outputs(int rows) {
      return outputs.top(rows);
    }

    /** Adds the gradients of weights and table, and that of the kept features to {@code dRows}. */
    void backward(FlowPass pass, Matrix dOut, Matrix dRows, FlowLayer.LayerGradient gradient) {
      Kernels kernels = pass.kernels();
      Matrix d1 = net.backwardTo(kernels, pass.weights(), tape, dOut, gradient.theta());
      if (tabled) {
        kernels.addRows(d1, pass.chart(), gradient.table());
      } else {
        coded.orElseThrow().backward(kernels, d1, gradient.theta());
      }
      if (kept > 0) {
        Slice w = net.firstWeights();
        if (tabled) {
          Matrix x = keptInputs.top(dOut.rows());
          kernels.multiplyTransposedAdd(x, d1, gradient.theta().of(w));
        }
        Matrix dx = keptGradients.of(dRows, kept);
        kernels.multiplyAdd(d1, pass.weights().packedTransposed(w), dx);
      }
    }
  }
}
