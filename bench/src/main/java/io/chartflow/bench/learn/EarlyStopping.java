package io.chartflow.bench.learn;

/**
 * Ends learning when the validation no longer improves. A value; each epoch makes the next.
 *
 * @param patience epochs without improvement after which learning is over
 * @param epoch epochs so far
 * @param bestEpoch the epoch of the best validation, 0 before the first
 * @param best log-likelihood on the validation points
 */
public record EarlyStopping(int patience, int epoch, int bestEpoch, double best) {

  /** Before the first epoch. */
  public static EarlyStopping after(int patience) {
    return new EarlyStopping(patience, 0, 0, Double.NEGATIVE_INFINITY);
  }

  /** After one more epoch; a validation that is not a number is no improvement. */
  public EarlyStopping next(double validation) {
    return validation > best
        ? new EarlyStopping(patience, epoch + 1, epoch + 1, validation)
        : new EarlyStopping(patience, epoch + 1, bestEpoch, best);
  }

  /** Whether the last epoch is the best one. */
  public boolean improved() {
    return epoch > 0 && epoch == bestEpoch;
  }

  /** Whether to stop. */
  public boolean isOver() {
    return epoch - bestEpoch >= patience;
  }
}
