package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * From {@code R^D} to {@code R^d}, {@code d < D}: the left inverse of a conformal embedding per
 * chart, {@code c_k(u) = a_k + λ_k·R_k·(u, b_k‖u‖²)/(1 + ‖b_k‖²‖u‖²)}. Its image is a d-sphere
 * through {@code a_k}, or a plane where {@code b_k = 0}; {@code JᵀJ = λ_c²·I} with {@code λ_c =
 * λ_k/(1 + ‖b_k‖²‖u‖²)}.
 *
 * <p>Forward, with {@code w = R_kᵀ(x − a_k)/λ_k}, its first d features {@code w₁} and the others
 * {@code w₂}, and {@code Q = 1 − 2b·w₂ + ‖b‖²‖w‖²}: {@code u = w₁/Q}, {@code log|det| = −d·log
 * λ_c(u)}, and, in the column behind u, the squared distance from the surface in standardised units
 * {@code ρ = ‖x − c_k(u)‖² = λ_k²·‖w₂ − b‖w‖²‖²/(Q·(1 + ‖b‖²‖u‖²))}. That form of ρ follows from
 * {@code ‖φ(p) − φ(q)‖² = λ_φ(p)·λ_φ(q)·‖p − q‖²} for a Möbius map φ and loses no digits near the
 * surface. Off the surface u is the projection along circles that cross it at right angles.
 *
 * <p>Per chart: {@code a_k = mean_k + Δa(v_k)}; {@code log λ_k = ½ log(Σ_j var_kj/d) +
 * S·tanh(Δ/S)}; {@code R_k} a product of reflections along {@code h_i + Δh_i(v_k)}; each feature of
 * {@code b_k} within ±1, since a sphere over which members spread as {@code λ_k} has {@code ‖b‖ ≤
 * 1/(2√d)}. Starts as the plane of the first d features through the chart's mean.
 *
 * <p>{@code c_k} has no pole. Its left inverse has one, at the point of the sphere that u reaches
 * at infinity: there {@code Q = 0}, and Q counts as at least {@value #MIN_Q}, so that values and
 * gradients stay finite; within that distance u is too short and ρ says so.
 *
 * <p>Source: Ross and Cresswell, NeurIPS 2021. Differs from it in that b lies across the plane:
 * along the plane it would move u only, which the layers behind do, and bring a pole into {@code
 * c_k}. Differs from Sidheekh et al., equation (5), in the factor d on log λ.
 */
final class ConformalEmbedding implements FlowLayer {

  private static final int MAX_REFLECTIONS = 8;
  private static final double MAX_CURVATURE = 1;
  private static final double MIN_Q = 1e-8;

  private final int dimension;
  private final int latent;
  private final int across;
  private final int reflections;
  private final double maxLogScale;
  private final CodeNet correction;
  private final Slice axes;

  ConformalEmbedding(
      ParameterLayout layout, int dimension, int latent, int codeDimension, double maxLogScale) {
    if (latent < 1 || latent >= dimension) {
      throw new IllegalArgumentException(
          "expected 1 to %d latent features, got %d".formatted(dimension - 1, latent));
    }
    this.dimension = dimension;
    this.latent = latent;
    this.across = dimension - latent;
    this.reflections = reflections(dimension, latent);
    this.maxLogScale = maxLogScale;
    int outputs = dimension + 1 + across + reflections * dimension;
    this.correction = new CodeNet(layout, codeDimension, outputs);
    this.axes = layout.matrix(reflections, dimension);
  }

  /**
   * {@code 2·min(d, D − d)} reflections turn a d-plane of {@code R^D} to every other; at most
   * {@value #MAX_REFLECTIONS} are used.
   */
  static int reflections(int dimension, int latent) {
    return Math.min(MAX_REFLECTIONS, 2 * Math.min(latent, dimension - latent));
  }

  @Override
  public int outputs(int inputs) {
    return latent;
  }

  // A chart's row of the table: a, log λ, b, unit normals of the reflections.

  private int logScale() {
    return dimension;
  }

  private int curvature() {
    return dimension + 1;
  }

  private int normal(int i) {
    return dimension + 1 + across + i * dimension;
  }

  @Override
  public int tableColumns() {
    return normal(reflections);
  }

  /** Pairs of equal reflections: the identity, from which every direction is open. */
  @Override
  public void initialise(float[] theta, SplitMix random) {
    correction.initialise(theta, random);
    for (int i = 0; i < reflections; i++) {
      int at = axes.offset() + i * dimension;
      double squares = 0;
      for (int j = 0; j < dimension; j++) {
        theta[at + j] = i % 2 == 1 ? theta[at + j - dimension] : (float) random.nextGaussian();
        squares += theta[at + j] * theta[at + j];
      }
      for (int j = 0; i % 2 == 0 && j < dimension; j++) {
        theta[at + j] /= (float) Math.sqrt(squares);
      }
    }
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    float[] theta = weights.values();
    Matrix delta = correction.forward(kernels, weights, charts);
    for (int k = 0; k < charts.count(); k++) {
      double variance = 0;
      for (int j = 0; j < dimension; j++) {
        table.set(k, j, charts.means().get(k, j) + delta.get(k, j));
        variance += charts.variances().get(k, j) / latent;
      }
      double bounded = bounded(delta.get(k, logScale()), maxLogScale);
      table.set(k, logScale(), (float) (LogSpread.of(variance) + bounded));
      for (int j = 0; j < across; j++) {
        float b = (float) bounded(delta.get(k, curvature() + j), MAX_CURVATURE);
        table.set(k, curvature() + j, b);
      }
      for (int i = 0; i < reflections; i++) {
        double norm = axisNorm(theta, delta, k, i);
        for (int j = 0; j < dimension; j++) {
          table.set(k, normal(i) + j, (float) (axis(theta, delta, k, i, j) / norm));
        }
      }
    }
  }

  private static double bounded(double value, double bound) {
    return bound * Math.tanh(value / bound);
  }

  private float axis(float[] theta, Matrix delta, int k, int i, int j) {
    return theta[axes.offset() + i * dimension + j] + delta.get(k, normal(i) + j);
  }

  private double axisNorm(float[] theta, Matrix delta, int k, int i) {
    double squares = 1e-12; // no axis is so short that it has no direction
    for (int j = 0; j < dimension; j++) {
      double h = axis(theta, delta, k, i, j);
      squares += h * h;
    }
    return Math.sqrt(squares);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    float[] theta = weights.values();
    Matrix delta = correction.outputs(weights, charts);
    for (int k = 0; k < charts.count(); k++) {
      for (int j = 0; j < dimension; j++) {
        delta.set(k, j, tableGradient.get(k, j));
      }
      unbound(delta, k, logScale(), maxLogScale, tableGradient);
      for (int j = 0; j < across; j++) {
        unbound(delta, k, curvature() + j, MAX_CURVATURE, tableGradient);
      }
      for (int i = 0; i < reflections; i++) {
        axisBackward(theta, delta, k, i, tableGradient, gradient.values());
      }
    }
    correction.backward(kernels, weights, charts, delta, gradient);
  }

  /** Replaces a correction by its gradient: that of its bounded value times {@code 1 − tanh²}. */
  private static void unbound(Matrix delta, int k, int column, double bound, Matrix dTable) {
    double t = Math.tanh(delta.get(k, column) / bound);
    delta.set(k, column, (float) (dTable.get(k, column) * (1 - t * t)));
  }

  /** Replaces an axis's correction by its gradient; n = h/‖h‖ passes what is orthogonal to n. */
  private void axisBackward(
      float[] theta, Matrix delta, int k, int i, Matrix dTable, float[] gradient) {
    double norm = axisNorm(theta, delta, k, i);
    double along = 0;
    for (int j = 0; j < dimension; j++) {
      along += dTable.get(k, normal(i) + j) * axis(theta, delta, k, i, j) / norm;
    }
    for (int j = 0; j < dimension; j++) {
      double n = axis(theta, delta, k, i, j) / norm;
      float d = (float) ((dTable.get(k, normal(i) + j) - along * n) / norm);
      delta.set(k, normal(i) + j, d);
      gradient[axes.offset() + i * dimension + j] += d;
    }
  }

  @Override
  public Run run() {
    return new EmbeddingRun();
  }

  private final class EmbeddingRun implements Run {

    private final double[] row = new double[dimension];
    private final double[] dRow = new double[dimension];
    private double[] inputs = new double[0]; // w of every row

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, dimension);
      if (inputs.length < rows.rows() * dimension) {
        inputs = new double[2 * rows.rows() * dimension];
      }
      float[] table = pass.table().data();
      float[] data = rows.data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        double logLambda = table[k + logScale()];
        double lambda = Math.exp(logLambda);
        for (int j = 0; j < dimension; j++) {
          row[j] = (double) data[at + j] - table[k + j];
        }
        for (int r = 0; r < reflections; r++) {
          Reflection.reflect(table, k + normal(r), row);
        }
        for (int j = 0; j < dimension; j++) {
          row[j] /= lambda;
        }
        System.arraycopy(row, 0, inputs, i * dimension, dimension);
        Projection at0 = new Projection(row, table, k + curvature());
        for (int j = 0; j < latent; j++) {
          data[at + j] = (float) (row[j] / at0.q);
        }
        data[at + latent] = (float) (lambda * lambda * at0.error / (at0.q * at0.t));
        logDet[i] -= latent * (logLambda - Math.log(at0.t));
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      float[] table = pass.table().data();
      float[] data = rows.data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        double squares = 0;
        for (int j = 0; j < latent; j++) {
          double u = data[at + j];
          row[j] = u;
          squares += u * u;
        }
        double bb = 0;
        for (int j = 0; j < across; j++) {
          double b = table[k + curvature() + j];
          row[latent + j] = b * squares;
          bb += b * b;
        }
        double scale = Math.exp(table[k + logScale()]) / (1 + bb * squares);
        for (int r = reflections - 1; r >= 0; r--) {
          Reflection.reflect(table, k + normal(r), row);
        }
        for (int j = 0; j < dimension; j++) {
          data[at + j] = (float) (table[k + j] + scale * row[j]);
        }
      }
    }

    @Override
    public void keep(KeptRows kept) {
      kept.inRows(inputs, dimension);
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      float[] table = pass.table().data();
      float[] dTable = gradient.table().data();
      float[] data = dRows.data();
      for (int i = 0; i < dRows.rows(); i++) {
        int at = dRows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        int dk = gradient.table().row(pass.chart()[i]);
        System.arraycopy(inputs, i * dimension, row, 0, dimension);
        double lambda = Math.exp(table[k + logScale()]);
        double dLogLambda = projectionBackward(data, at, dLogDet[i], lambda, table, k, dTable, dk);
        for (int j = 0; j < dimension; j++) {
          dLogLambda -= dRow[j] * row[j];
          dRow[j] /= lambda;
          row[j] *= lambda;
        }
        dTable[dk + logScale()] += (float) dLogLambda;
        for (int r = reflections - 1; r >= 0; r--) {
          Reflection.backward(table, k + normal(r), row, dRow, dTable, dk + normal(r));
        }
        for (int j = 0; j < dimension; j++) {
          data[at + j] = (float) dRow[j];
          dTable[dk + j] -= (float) dRow[j];
        }
      }
    }

    /** From gradients by u, ρ and log|det| to that by w, in {@code dRow}; returns log λ's own. */
    private double projectionBackward(
        float[] data,
        int at,
        double dLogDet,
        double lambda,
        float[] table,
        int k,
        float[] dTable,
        int dk) {
      Projection p = new Projection(row, table, k + curvature());
      double dRho = data[at + latent];
      double rho = lambda * lambda * p.error / (p.q * p.t);
      double dT = (latent * dLogDet - dRho * rho) / p.t;
      double dQ = -dRho * rho / p.q;
      double dBb = dT * p.latentSquares;
      double byError = 2 * dRho * lambda * lambda / (p.q * p.t);
      for (int j = 0; j < latent; j++) {
        double u = row[j] / p.q;
        double dU = data[at + j] + 2 * u * dT * p.bb;
        dRow[j] = dU / p.q;
        dQ -= dU * u / p.q;
      }
      dQ = p.floored ? 0 : dQ;
      dBb += dQ * p.squares;
      double dSquares = dQ * p.bb;
      for (int j = 0; j < across; j++) {
        double b = table[k + curvature() + j];
        double w = row[latent + j];
        double dError = byError * (w - b * p.squares);
        dRow[latent + j] = dError - 2 * b * dQ;
        dSquares -= b * dError;
        dTable[dk + curvature() + j] += (float) (2 * b * dBb - 2 * w * dQ - p.squares * dError);
      }
      for (int j = 0; j < dimension; j++) {
        dRow[j] += 2 * row[j] * dSquares;
      }
      return 2 * dRho * rho - latent * dLogDet;
    }
  }

  /** The sums that u, ρ and log|det| are made of, for one w. */
  private final class Projection {

    private final double squares;
    private final double bb;
    private final double q;
    private final boolean floored;
    private final double latentSquares;
    private final double t;
    private final double error;

    private Projection(double[] w, float[] table, int curvature) {
      double along = 0;
      for (int j = 0; j < latent; j++) {
        along += w[j] * w[j];
      }
      double all = along;
      double bw = 0;
      double bSquares = 0;
      for (int j = 0; j < across; j++) {
        double b = table[curvature + j];
        all += w[latent + j] * w[latent + j];
        bw += b * w[latent + j];
        bSquares += b * b;
      }
      double off = 0;
      for (int j = 0; j < across; j++) {
        double e = w[latent + j] - table[curvature + j] * all;
        off += e * e;
      }
      double exact = 1 - 2 * bw + bSquares * all;
      this.squares = all;
      this.bb = bSquares;
      this.floored = !(exact > MIN_Q);
      this.q = floored ? MIN_Q : exact;
      this.latentSquares = along / (q * q);
      this.t = 1 + bb * latentSquares;
      this.error = off;
    }
  }
}
