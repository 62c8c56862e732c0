package io.chartflow.model.linalg;

import java.util.Optional;

/**
 * The right factor of many products, laid out once as the kernels read it: {@link Kernels#pack}
 * after its values change. Where it has at most {@value #NARROW} columns and a multiple of {@value
 * #PARTS} rows it is <em>narrow</em>: an element of a product is then the sum of {@value #PARTS}
 * partial sums, part q by fused multiply-adds over the inner indices {@code p ≡ q mod 16} in their
 * order, from 0; the parts are added in halves, {@code q + 8}, then {@code q + 4}, {@code q + 2},
 * {@code q + 1}, and their sum is added to what the result began with.
 */
public final class Packed {

  static final int NARROW = 4;
  static final int PARTS = 16;

  private final Matrix matrix;
  private final RightPanels panels = new RightPanels();
  private final AlignedFloats parts = new AlignedFloats();
  private boolean laidOut;
  private LeftPanels[] turned = new LeftPanels[0];
  private final boolean forBlocks;
  private final Optional<Matrix> transposeOf;

  /** A factor whose values lie in {@code matrix}, not copied. */
  public Packed(Matrix matrix) {
    this(matrix, false, Optional.empty());
  }

  private Packed(Matrix matrix, boolean forBlocks, Optional<Matrix> transposeOf) {
    this.matrix = matrix;
    this.forBlocks = forBlocks;
    this.transposeOf = transposeOf;
  }

  /**
   * The transpose of {@code m}, whose values are {@code m}'s: to {@code matrix} they come only
   * where kernels read them from there.
   *
   * @throws IllegalArgumentException if the matrix has not the transpose's size
   */
  public static Packed transposed(Matrix m, Matrix matrix) {
    if (matrix.rows() != m.cols() || matrix.cols() != m.rows()) {
      throw new IllegalArgumentException(
          "expected a %d×%d transpose of a %d×%d matrix, got %d×%d"
              .formatted(m.cols(), m.rows(), m.rows(), m.cols(), matrix.rows(), matrix.cols()));
    }
    return new Packed(matrix, false, Optional.of(m));
  }

  /** A factor that {@link BlockKernels} multiply with as well. */
  public static Packed alsoForBlocks(Matrix matrix) {
    return new Packed(matrix, true, Optional.empty());
  }

  /** What it is the transpose of, if its values lie there. */
  Optional<Matrix> transposeOf() {
    return transposeOf;
  }

  boolean isForBlocks() {
    return forBlocks;
  }

  /** The values. */
  Matrix matrix() {
    return matrix;
  }

  boolean isNarrow() {
    return isNarrow(matrix.rows(), matrix.cols());
  }

  /** Whether a factor of this size is narrow. */
  public static boolean isNarrow(int rows, int cols) {
    return cols <= NARROW && rows % PARTS == 0;
  }

  /** Room for the panels of a factor that is not narrow, which the caller fills. */
  RightPanels layOut() {
    laidOut = true;
    panels.reserve(matrix.rows(), matrix.cols(), true);
    return panels;
  }

  /** Room for so many floats of a narrow factor, which the caller fills. */
  AlignedFloats layOut(int count) {
    laidOut = true;
    parts.reserve(count);
    return parts;
  }

  /**
   * What the kernels laid out.
   *
   * @throws IllegalStateException if they never did
   */
  RightPanels panels() {
    requireLaidOut();
    return panels;
  }

  /** The same of a narrow factor. */
  AlignedFloats parts() {
    requireLaidOut();
    return parts;
  }

  private void requireLaidOut() {
    if (!laidOut) {
      throw new IllegalStateException(
          "expected a %d×%d factor that was packed".formatted(matrix.rows(), matrix.cols()));
    }
  }

  /** Part i of so many of the transpose as a left factor, made on the first call. */
  LeftPanels turned(int i, int count) {
    if (turned.length != count) {
      turned = new LeftPanels[count];
      for (int part = 0; part < count; part++) {
        turned[part] = new LeftPanels();
      }
    }
    return turned[i];
  }

  /**
   * What the kernels laid out for blocks.
   *
   * @throws IllegalStateException if they never did
   */
  LeftPanels[] turned() {
    if (turned.length == 0 && matrix.rows() > 0 && matrix.cols() > 0) {
      throw new IllegalStateException(
          "expected a %d×%d factor that was packed for blocks"
              .formatted(matrix.rows(), matrix.cols()));
    }
    return turned;
  }
}
