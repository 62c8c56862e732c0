package io.chartflow.model.linalg;

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
  private float[][] panels = new float[0][];
  private LeftPanels[] turned = new LeftPanels[0];
  private final boolean forBlocks;

  /** A factor whose values lie in {@code matrix}, not copied. */
  public Packed(Matrix matrix) {
    this(matrix, false);
  }

  private Packed(Matrix matrix, boolean forBlocks) {
    this.matrix = matrix;
    this.forBlocks = forBlocks;
  }

  /** A factor that {@link BlockKernels} multiply with as well. */
  public static Packed alsoForBlocks(Matrix matrix) {
    return new Packed(matrix, true);
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

  /** Panel i of so many, of this length, made on the first call. */
  float[] panel(int i, int count, int length) {
    if (panels.length != count) {
      panels = new float[count][0];
    }
    if (panels[i].length != length) {
      panels[i] = new float[length];
    }
    return panels[i];
  }

  /**
   * What the kernels laid out.
   *
   * @throws IllegalStateException if they never did
   */
  float[][] panels() {
    if (panels.length == 0 && matrix.rows() > 0 && matrix.cols() > 0) {
      throw new IllegalStateException(
          "expected a %d×%d factor that was packed".formatted(matrix.rows(), matrix.cols()));
    }
    return panels;
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
