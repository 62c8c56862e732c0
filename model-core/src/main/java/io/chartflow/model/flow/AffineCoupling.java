package io.chartflow.model.flow;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.RowSums;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/**
 * A RealNVP coupling conditioned on the chart: the first {@code kept} features pass, the others
 * become {@code y = x·exp(s) + t}, {@code log|det J| = Σ s}, with {@code (h, t) = net(kept, v_k)}
 * and {@code s = S·tanh(h/S)} bounded by {@code S}. The coupling starts as the identity.
 *
 * <p>Source: Dinh, Sohl-Dickstein, Bengio 2017, equations 7 and 8; conditioning as c-Glow, Lu and
 * Huang 2020.
 */
final class AffineCoupling implements FlowLayer {

  /** Scales of blocks that are made together. */
  private static final int TOGETHER = 512;

  /** So many features of a row are gone through one after the other. */
  private static final int WIDE = 16;

  private final int kept;
  private final int moved;
  private final boolean wide;
  private final double maxLogScale;
  private final CouplingNet net;

  AffineCoupling(
      ParameterLayout layout,
      int dimension,
      int kept,
      int codeDimension,
      int charts,
      int width,
      double bound) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.wide = moved >= WIDE;
    this.maxLogScale = bound;
    this.net = new CouplingNet(layout, kept, codeDimension, charts, width, 2 * moved);
  }

  @Override
  public int tableColumns() {
    return net.tableColumns();
  }

  @Override
  public int gradientColumns() {
    return net.gradientColumns();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    net.initialise(theta, random);
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    net.fillTable(kernels, weights, charts, table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    net.tableBackward(kernels, charts, tableGradient, gradient);
  }

  @Override
  public Run run() {
    return new CouplingRun();
  }

  @Override
  public Optional<BlockLayer> blocks() {
    return net.fitsBlocks() ? Optional.of(new CouplingBlocks()) : Optional.empty();
  }

  private final class CouplingBlocks implements BlockLayer {

    private final Rows squashed = new Rows(1);
    private final Rows scales = new Rows(1);
    private final Rows shifts = new Rows(1);
    private final AlignedFloats out = new AlignedFloats();

    @Override
    public void forward(FlowPass pass, FlowBlocks blocks) {
      int n = moved * blocks.rows();
      int some = together(blocks);
      for (int b = 0; b < blocks.count(); b += some) {
        int count = Math.min(some, blocks.count() - b);
        scaleAndShift(pass, blocks, b, count);
        for (int g = 0; g < count; g++) {
          scale(blocks, b + g, g * n);
          int at = (b + g) * blocks.rows();
          blocks.kernels().addSums(maxLogScale, squashed.data(), g * n, moved, blocks.logDet(), at);
        }
      }
    }

    /** The moved features of a block, by scales and shifts from {@code from} on. */
    private void scale(FlowBlocks blocks, int block, int from) {
      float[] x = blocks.values();
      float[] factor = scales.data();
      float[] shift = shifts.data();
      int at = blocks.at(block) + kept * blocks.rows();
      for (int m = 0; m < moved * blocks.rows(); m++) {
        x[at + m] = Math.fma(x[at + m], factor[from + m], shift[from + m]);
      }
    }

    @Override
    public void inverse(FlowPass pass, FlowBlocks blocks) {
      int n = moved * blocks.rows();
      int some = together(blocks);
      float[] x = blocks.values();
      for (int b = 0; b < blocks.count(); b += some) {
        int count = Math.min(some, blocks.count() - b);
        scaleAndShift(pass, blocks, b, count);
        float[] factor = scales.data();
        float[] shift = shifts.data();
        for (int g = 0; g < count; g++) {
          int at = blocks.at(b + g) + kept * blocks.rows();
          for (int m = 0; m < n; m++) {
            x[at + m] = (x[at + m] - shift[g * n + m]) / factor[g * n + m];
          }
        }
      }
    }

    /** Blocks whose scales are made in one go, and stay in the L1 cache. */
    private int together(FlowBlocks blocks) {
      return Math.max(1, TOGETHER / (moved * blocks.rows()));
    }

    /** Of some blocks, one behind the other: tanh(h/S), {@code exp(s)} and shifts. */
    private void scaleAndShift(FlowPass pass, FlowBlocks blocks, int first, int count) {
      int n = moved * blocks.rows();
      Matrix h = squashed.top(count * n);
      Matrix factor = scales.top(count * n);
      float[] shift = shifts.top(count * n).data();
      out.reserve(2 * n);
      for (int g = 0; g < count; g++) {
        net.forward(pass, blocks, first + g, out);
        System.arraycopy(out.data(), out.start(), h.data(), g * n, n);
        System.arraycopy(out.data(), out.start() + n, shift, g * n, n);
      }
      Squash.toScales(pass.kernels(), h, factor, maxLogScale);
    }
  }

  private final class CouplingRun implements Run {

    private final CouplingNet.Run netRun = net.run();

    /**
     * Of n rows, feature after feature: loops over rows are longer than those over features. Where
     * features are many they lie row after row instead: to go down a column of a wide matrix took
     * seven times as long, with D = 784 a tenth of a step.
     */
    private final Rows movedInputs = new Rows(moved);

    private final Rows squashed = new Rows(moved);
    private final Rows scales = new Rows(moved);

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, kept + moved);
      Matrix out = scaleAndShift(pass, rows);
      int n = rows.rows();
      float[] held = movedInputs.top(n).data();
      if (wide) {
        moveRows(rows, out, held);
      } else {
        moveFeatures(rows, out, held);
      }
      RowSums.add(maxLogScale, squashed.data(), 0, moved, n, wide, logDet, 0);
    }

    private void moveRows(Matrix rows, Matrix out, float[] held) {
      float[] factor = scales.data();
      for (int i = 0; i < rows.rows(); i++) {
        int o = out.row(i) + moved;
        int at = rows.row(i) + kept;
        CouplingRows.move(rows.data(), at, factor, out.data(), o, held, i * moved, moved);
      }
    }

    private void moveFeatures(Matrix rows, Matrix out, float[] held) {
      int n = rows.rows();
      float[] factor = scales.data();
      for (int j = 0; j < moved; j++) {
        int m = j * n;
        for (int i = 0; i < n; i++) {
          int at = rows.row(i) + kept + j;
          float x = rows.data()[at];
          held[m + i] = x;
          rows.data()[at] = Math.fma(x, factor[m + i], out.data()[out.row(i) + moved + j]);
        }
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, kept + moved);
      Matrix out = scaleAndShift(pass, rows);
      int n = rows.rows();
      for (int j = 0; j < moved; j++) {
        for (int i = 0; i < n; i++) {
          int at = rows.row(i) + kept + j;
          float shift = out.data()[out.row(i) + moved + j];
          int m = wide ? i * moved + j : j * n + i;
          rows.data()[at] = (rows.data()[at] - shift) / scales.data()[m];
        }
      }
    }

    @Override
    public void keep(KeptRows rows) {
      netRun.keep(rows);
      keep(rows, movedInputs);
      keep(rows, squashed);
      keep(rows, scales);
    }

    private void keep(KeptRows rows, Rows memory) {
      if (wide) {
        memory.keep(rows);
      } else {
        rows.inColumns(memory.data(), moved);
      }
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, kept + moved);
      Matrix dOut = netRun.outputs(dRows.rows()); // the outputs are used up
      if (wide) {
        backRows(dRows, dLogDet, dOut);
      } else {
        backFeatures(dRows, dLogDet, dOut);
      }
      netRun.backward(pass, dOut, dRows, gradient);
    }

    private void backRows(Matrix dRows, float[] dLogDet, Matrix dOut) {
      float[] held = movedInputs.data();
      float[] factor = scales.data();
      float[] bounded = squashed.data();
      float[] d = dOut.data();
      for (int i = 0; i < dRows.rows(); i++) {
        int at = dRows.row(i) + kept;
        int m = i * moved;
        CouplingRows.back(
            dRows.data(), at, dLogDet[i], held, factor, bounded, m, d, dOut.row(i), moved);
      }
    }

    private void backFeatures(Matrix dRows, float[] dLogDet, Matrix dOut) {
      int n = dRows.rows();
      float[] held = movedInputs.data();
      float[] factor = scales.data();
      float[] bounded = squashed.data();
      float[] d = dOut.data();
      for (int j = 0; j < moved; j++) {
        for (int i = 0; i < n; i++) {
          int at = dRows.row(i) + kept + j;
          int o = dOut.row(i) + j;
          int m = j * n + i;
          float dy = dRows.data()[at];
          float dScale = dy * held[m] * factor[m] + dLogDet[i];
          d[o] = dScale * (1 - bounded[m] * bounded[m]);
          d[o + moved] = dy;
          dRows.data()[at] = dy * factor[m];
        }
      }
    }

    /** Runs the network and leaves tanh(h/S) in squashed, exp(s) in scales. */
    private Matrix scaleAndShift(FlowPass pass, Matrix rows) {
      int n = rows.rows();
      Matrix out = netRun.forward(pass, rows);
      Matrix h = squashed.top(n);
      if (wide) {
        for (int i = 0; i < n; i++) {
          System.arraycopy(out.data(), out.row(i), h.data(), i * moved, moved);
        }
      } else {
        for (int j = 0; j < moved; j++) {
          for (int i = 0; i < n; i++) {
            h.data()[j * n + i] = out.data()[out.row(i) + j];
          }
        }
      }
      Squash.toScales(pass.kernels(), h, scales.top(n), maxLogScale);
      return out;
    }
  }
}
