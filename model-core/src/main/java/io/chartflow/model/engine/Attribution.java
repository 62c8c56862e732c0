package io.chartflow.model.engine;

/**
 * What each feature adds to the surprisal of each event of a batch, in nats and the units of the
 * input; refilled in place by {@link AtlasScorer#attribute}. A row's sum is the event's surprisal,
 * but for its {@link #error}.
 */
public final class Attribution {

  private int dimension;
  private int size;
  private double[] nats = new double[0];
  private double[] error = new double[0];

  /** Empties it and makes room for {@code rows} events of {@code features} features. */
  public void clear(int rows, int features) {
    dimension = features;
    size = 0;
    if (error.length < rows || nats.length < rows * features) {
      nats = new double[rows * features];
      error = new double[rows];
    }
  }

  /** Adds an event; {@code contributions} is read up to the number of features. */
  public void add(double[] contributions, double completenessError) {
    System.arraycopy(contributions, 0, nats, size * dimension, dimension);
    error[size++] = completenessError;
  }

  /** Number of events. */
  public int size() {
    return size;
  }

  /** Number of features. */
  public int dimension() {
    return dimension;
  }

  /** What feature {@code j} adds to the surprisal of event {@code row}: above 0 makes it rarer. */
  public double nats(int row, int j) {
    return nats[row * dimension + j];
  }

  /** {@code |Σ_j nats(row, j) − surprisal|} as the integral left it; 0 where it is exact. */
  public double error(int row) {
    return error[row];
  }
}
