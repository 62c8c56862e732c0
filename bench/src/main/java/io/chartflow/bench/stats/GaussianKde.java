package io.chartflow.bench.stats;

import io.chartflow.model.engine.EventBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A Gaussian kernel density estimate {@code p(x) = 1/n Σ_i Π_j N(x_j; x_ij, (h s_j)²)}, exact but
 * for terms below {@code e^-40} of the largest. Points lie sorted by their first coordinate, so
 * that a query looks only at a window of them.
 */
public final class GaussianKde {

  /** Terms whose exponent is this far below the largest are left out. */
  private static final double NEGLIGIBLE = 40;

  private final int dimension;
  private final int n;
  private final double[] scale;
  private final double[] points;
  private final double[] first;
  private final double bandwidth;

  private GaussianKde(GaussianKde other, double bandwidth) {
    this.dimension = other.dimension;
    this.n = other.n;
    this.scale = other.scale;
    this.points = other.points;
    this.first = other.first;
    this.bandwidth = bandwidth;
  }

  private GaussianKde(EventBatch data, double[] scale, double bandwidth) {
    this.dimension = data.dimension();
    this.n = data.size();
    this.scale = scale.clone();
    this.bandwidth = bandwidth;
    this.points = new double[n * dimension];
    this.first = new double[n];
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> data.get(i, 0)))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < dimension; j++) {
        points[i * dimension + j] = data.get(order[i], j) / scale[j];
      }
      first[i] = points[i * dimension];
    }
  }

  /** One bandwidth {@code h} in the units of the data for all features. */
  public static GaussianKde isotropic(EventBatch data, double bandwidth) {
    double[] ones = new double[data.dimension()];
    Arrays.fill(ones, 1);
    return new GaussianKde(data, ones, bandwidth);
  }

  /** The bandwidth of a feature is {@code h} times {@code scale[j]}. */
  public static GaussianKde scaled(EventBatch data, double[] scale, double bandwidth) {
    return new GaussianKde(data, scale, bandwidth);
  }

  /** The same points with another {@code h}. */
  public GaussianKde withBandwidth(double other) {
    return new GaussianKde(this, other);
  }

  /** The bandwidth {@code h}. */
  public double bandwidth() {
    return bandwidth;
  }

  /** {@code log p(x)} of one point, in nats and the units of the data. */
  public double logDensity(double[] x, int offset) {
    double[] query = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      query[j] = x[offset + j] / scale[j];
    }
    return logSum(query, -1) - Math.log(n) - logNormaliser();
  }

  /** Mean of {@link #logDensity} over a batch. */
  public double meanLogDensity(EventBatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += logDensity(batch.values(), i * dimension);
    }
    return sum / batch.size();
  }

  /** Mean over the points of the log-density that the other points give it. */
  public double leaveOneOut() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += logSum(Arrays.copyOfRange(points, i * dimension, (i + 1) * dimension), i);
    }
    return sum / n - Math.log(n - 1.0) - logNormaliser();
  }

  private double logNormaliser() {
    double sum = 0.5 * dimension * Math.log(2 * Math.PI);
    for (double each : scale) {
      sum += Math.log(bandwidth * each);
    }
    return sum;
  }

  /** {@code log Σ_i exp(−‖x − x_i‖²/2h²)} over all points but {@code left}. */
  private double logSum(double[] query, int left) {
    double nearest = nearest(query, left);
    double twice = 2 * bandwidth * bandwidth;
    double reach = Math.sqrt(nearest + NEGLIGIBLE * twice);
    int from = from(query[0] - reach);
    double sum = 0;
    for (int i = from; i < n && first[i] <= query[0] + reach; i++) {
      if (i != left) {
        double exponent = (nearest - squared(query, i)) / twice;
        if (exponent > -NEGLIGIBLE) {
          sum += Math.exp(exponent);
        }
      }
    }
    return Math.log(sum) - nearest / twice;
  }

  /**
   * Squared distance to the nearest point but {@code left}: outwards from its place in the order.
   */
  private double nearest(double[] query, int left) {
    double best = Double.POSITIVE_INFINITY;
    int up = from(query[0]);
    int down = up - 1;
    boolean open = true;
    while (open) {
      open = false;
      if (up < n && square(first[up] - query[0]) < best) {
        best = up == left ? best : Math.min(best, squared(query, up));
        up++;
        open = true;
      }
      if (down >= 0 && square(first[down] - query[0]) < best) {
        best = down == left ? best : Math.min(best, squared(query, down));
        down--;
        open = true;
      }
    }
    return best;
  }

  private int from(double value) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (first[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double squared(double[] query, int i) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      sum += square(query[j] - points[i * dimension + j]);
    }
    return sum;
  }

  private static double square(double value) {
    return value * value;
  }
}
