package io.chartflow.model.reference;

/**
 * {@code u} = the first d features of {@code SCT_b(Rᵀ(x − a)/λ)} and, behind them, {@code ‖x −
 * c(u)‖²}, with {@code c(u) = a + λ·R·SCT_{−b}(u, 0)} and {@code SCT_b(x) = (x − b‖x‖²)/(1 − 2b·x +
 * ‖b‖²‖x‖²)}. R is worked out as a matrix, ρ from the two points, and b as a vector of {@code R^D}.
 */
public final class DoubleEmbedding implements DoubleLayer {

  private static final int WIDTH = 64;
  private static final double MIN_VARIANCE = 1e-4f;
  private static final double MIN_Q = 1e-8;

  private final int dimension;
  private final int latent;
  private final int reflections;
  private final double bound;
  private final DoubleMlp correction;

  public DoubleEmbedding(int offset, int dimension, int latent, int codeDimension, double bound) {
    this.dimension = dimension;
    this.latent = latent;
    this.reflections = Math.min(8, 2 * Math.min(latent, dimension - latent));
    this.bound = bound;
    int outputs = dimension + 1 + dimension - latent + reflections * dimension;
    this.correction = new DoubleMlp(offset, codeDimension, WIDTH, outputs);
  }

  /** Index one past the last weight. */
  public int end() {
    return correction.end() + reflections * dimension;
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    Mobius map = mobius(theta, charts, k);
    double[] moved = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      for (int i = 0; i < dimension; i++) {
        moved[j] += map.r[i][j] * (x[i] - map.a[i]) / map.lambda;
      }
    }
    double[] y = special(map.b, moved);
    double[] out = java.util.Arrays.copyOf(y, latent + 1);
    double[] u = java.util.Arrays.copyOf(y, latent);
    double[] nearest = map.embed(u);
    out[latent] = 0;
    for (int j = 0; j < dimension; j++) {
      out[latent] += Math.pow(x[j] - nearest[j], 2);
    }
    logDet[0] -= latent * map.logScale(u);
    return out;
  }

  /** {@code c_k(u)}. */
  public double[] inverse(double[] theta, DoubleCharts charts, int k, double[] u) {
    return mobius(theta, charts, k).embed(u);
  }

  /** {@code log λ_c(u)}. */
  public double logScale(double[] theta, DoubleCharts charts, int k, double[] u) {
    return mobius(theta, charts, k).logScale(u);
  }

  /** {@code SCT_b(x)}, its denominator at least 1e-8. */
  public static double[] special(double[] b, double[] x) {
    double[] y = x.clone();
    double q = Math.max(denominator(b, x), MIN_Q);
    for (int j = 0; j < y.length; j++) {
      y[j] = (x[j] - b[j] * dot(x, x)) / q;
    }
    return y;
  }

  private static double denominator(double[] b, double[] x) {
    return 1 - 2 * dot(b, x) + dot(b, b) * dot(x, x);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private Mobius mobius(double[] theta, DoubleCharts charts, int k) {
    double[] delta = correction.apply(theta, charts.code(k));
    double[] a = charts.mean(k).clone();
    double variance = 0;
    for (int j = 0; j < dimension; j++) {
      a[j] += delta[j];
      variance += charts.variance(k)[j] / latent;
    }
    double logLambda =
        Math.log(Math.max(variance, MIN_VARIANCE)) / 2
            + bound * Math.tanh(delta[dimension] / bound);
    double[] b = new double[dimension];
    for (int j = latent; j < dimension; j++) {
      b[j] = Math.tanh(delta[dimension + 1 + j - latent]);
    }
    double[][] r = new double[dimension][dimension];
    for (int j = 0; j < dimension; j++) {
      r[j][j] = 1;
    }
    for (int i = 0; i < reflections; i++) {
      double[] axis = new double[dimension];
      for (int j = 0; j < dimension; j++) {
        int output = 2 * dimension + 1 - latent + i * dimension + j;
        axis[j] = theta[correction.end() + i * dimension + j] + delta[output];
      }
      r = timesReflection(r, axis);
    }
    return new Mobius(a, Math.exp(logLambda), r, b);
  }

  /** {@code r·(I − 2hhᵀ/‖h‖²)}. */
  private static double[][] timesReflection(double[][] r, double[] h) {
    double[][] product = new double[r.length][h.length];
    for (int i = 0; i < r.length; i++) {
      for (int j = 0; j < h.length; j++) {
        product[i][j] = r[i][j] - 2 * dot(r[i], h) * h[j] / (dot(h, h) + 1e-12);
      }
    }
    return product;
  }

  private static final class Mobius {

    private final double[] a;
    private final double lambda;
    private final double[][] r;
    private final double[] b;

    private Mobius(double[] a, double lambda, double[][] r, double[] b) {
      this.a = a;
      this.lambda = lambda;
      this.r = r;
      this.b = b;
    }

    private double[] minusB() {
      double[] minus = b.clone();
      for (int j = 0; j < minus.length; j++) {
        minus[j] = -b[j];
      }
      return minus;
    }

    private double[] embed(double[] u) {
      double[] s = special(minusB(), java.util.Arrays.copyOf(u, a.length));
      double[] x = a.clone();
      for (int j = 0; j < x.length; j++) {
        x[j] += lambda * dot(r[j], s);
      }
      return x;
    }

    private double logScale(double[] u) {
      return Math.log(lambda)
          - Math.log(denominator(minusB(), java.util.Arrays.copyOf(u, a.length)));
    }
  }
}
