package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A rotation per chart, {@code y = H_n···H_1·x}, each {@code H_i = I − 2n_i·n_iᵀ} the reflection
 * along {@code w_i + W_i·v_k}; {@code log|det J| = 0}. An even number of reflections: as many as
 * {@code R^D} has dimensions, one fewer if D is odd, at most {@value #MAX_REFLECTIONS}. Up to nine
 * dimensions that is every rotation, beyond it a family of them.
 *
 * <p>Reflections start as equal pairs, W at zero: the identity, from which every direction is open.
 * A vector shorter than 1e-6 has no direction, and its reflection fades to the identity.
 *
 * <p>Source: Householder 1958; in flows Tomczak and Welling 2016. With one dimension there is
 * nothing to rotate: the layer is the identity and has no weights.
 */
final class Rotation implements FlowLayer {

  private static final int MAX_REFLECTIONS = 8;
  private static final double MIN_SQUARES = 1e-12;

  private final int dimension;
  private final int reflections;
  private final Slice vectors;
  private final CodeLayer code;

  Rotation(ParameterLayout layout, int dimension, int codeDimension) {
    this.dimension = dimension;
    this.reflections = Math.min(MAX_REFLECTIONS, dimension - dimension % 2);
    this.vectors = layout.matrix(1, reflections * dimension);
    this.code = new CodeLayer(layout, codeDimension, vectors);
  }

  @Override
  public int tableColumns() {
    return reflections * dimension;
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    for (int i = 0; i < reflections; i += 2) {
      int at = vectors.offset() + i * dimension;
      double bound = 1 / Math.sqrt(dimension);
      for (int j = 0; j < dimension; j++) {
        theta[at + j] = (float) (bound * random.nextGaussian());
        theta[at + dimension + j] = theta[at + j];
      }
    }
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    code.fill(kernels, weights, charts, table);
    for (int k = 0; k < charts.count(); k++) {
      for (int i = 0; i < reflections; i++) {
        int at = table.row(k) + i * dimension;
        double norm = norm(table.data(), at);
        for (int j = 0; j < dimension; j++) {
          table.data()[at + j] = (float) (table.data()[at + j] / norm);
        }
      }
    }
  }

  private double norm(float[] values, int at) {
    double squares = 0;
    for (int j = 0; j < dimension; j++) {
      squares += (double) values[at + j] * values[at + j];
    }
    return Math.sqrt(Math.max(squares, MIN_SQUARES));
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    Matrix vectorsOfCharts = Matrix.zeros(charts.count(), tableColumns());
    code.fill(kernels, weights, charts, vectorsOfCharts);
    Matrix d = Matrix.zeros(charts.count(), tableColumns());
    for (int k = 0; k < charts.count(); k++) {
      for (int i = 0; i < reflections; i++) {
        int column = i * dimension;
        double norm = norm(vectorsOfCharts.data(), vectorsOfCharts.row(k) + column);
        double along = 0;
        for (int j = column; j < column + dimension; j++) {
          along += tableGradient.get(k, j) * vectorsOfCharts.get(k, j) / norm;
        }
        for (int j = column; j < column + dimension; j++) {
          double n = vectorsOfCharts.get(k, j) / norm;
          d.set(k, j, (float) ((tableGradient.get(k, j) - along * n) / norm));
        }
      }
    }
    code.backward(kernels, charts.codes(), d, gradient);
  }

  @Override
  public Run run() {
    return new RotationRun();
  }

  private final class RotationRun implements Run {

    private final double[] row = new double[dimension];
    private final double[] dRow = new double[dimension];
    private final Rows outputs = new Rows(dimension);

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, dimension);
      float[] kept = outputs.top(rows.rows()).data();
      float[] table = pass.table().data();
      for (int i = 0; i < rows.rows(); i++) {
        int normals = pass.table().row(pass.chart()[i]);
        read(rows, i, row);
        for (int r = 0; r < reflections; r++) {
          Reflection.reflect(table, normals + r * dimension, row);
        }
        write(row, rows, i);
        System.arraycopy(rows.data(), rows.row(i), kept, i * dimension, dimension);
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      for (int i = 0; i < rows.rows(); i++) {
        int normals = pass.table().row(pass.chart()[i]);
        read(rows, i, row);
        for (int r = reflections - 1; r >= 0; r--) {
          Reflection.reflect(pass.table().data(), normals + r * dimension, row);
        }
        write(row, rows, i);
      }
    }

    @Override
    public void keep(KeptRows kept) {
      outputs.keep(kept);
    }

    /** Reflections undo themselves: the way back needs nothing but the outputs. */
    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      float[] table = pass.table().data();
      float[] dTable = gradient.table().data();
      float[] kept = outputs.data();
      for (int i = 0; i < dRows.rows(); i++) {
        int normals = pass.table().row(pass.chart()[i]);
        int dNormals = gradient.table().row(pass.chart()[i]);
        for (int j = 0; j < dimension; j++) {
          row[j] = kept[i * dimension + j];
        }
        read(dRows, i, dRow);
        for (int r = reflections - 1; r >= 0; r--) {
          int at = r * dimension;
          Reflection.backward(table, normals + at, row, dRow, dTable, dNormals + at);
        }
        write(dRow, dRows, i);
      }
    }

    private void read(Matrix rows, int i, double[] to) {
      int at = rows.row(i);
      for (int j = 0; j < dimension; j++) {
        to[j] = rows.data()[at + j];
      }
    }

    private void write(double[] from, Matrix rows, int i) {
      int at = rows.row(i);
      for (int j = 0; j < dimension; j++) {
        rows.data()[at + j] = (float) from[j];
      }
    }
  }
}
