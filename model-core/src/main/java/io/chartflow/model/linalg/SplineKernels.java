package io.chartflow.model.linalg;

/**
 * Passes over rational-quadratic splines, a vector of rows at a time: {@link SplineCells} says the
 * formulas and their order. In single precision, and arranged so that within a bin nothing cancels;
 * all implementations give the same bits.
 */
public interface SplineKernels {

  /** Turns the logits of widths and heights into shares: the softmax. */
  void share(SplineCells cells);

  /**
   * Finds the bin that a value lies in, by comparing, and leaves its knots and the logits of its
   * slopes; {@code byHeight} tells whether the values are y or x.
   */
  void locate(SplineCells cells, boolean byHeight);

  /** From x to y, and {@code y'} in the place of the log-slopes. */
  void forward(SplineCells cells);

  /** From y to x. */
  void inverse(SplineCells cells);

  /** Replaces the parameters by their gradients, and that by y by that by x. */
  void backward(SplineCells cells);
}
