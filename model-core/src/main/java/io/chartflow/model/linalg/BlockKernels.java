package io.chartflow.model.linalg;

/**
 * The layers of a network on a block of rows that lie side by side: values of a block with n
 * columns are n runs of {@link #rows} floats, run j holding column j of all its rows. Where columns
 * are few, that leaves no vector half empty and nothing to add across one. Each sum is that of
 * {@link Kernels}, to the same bits. Working memory of one thread.
 */
public interface BlockKernels {

  /** Rows of a block, {@code R}. */
  int rows();

  /**
   * {@code y_j = bias_j + Σ_p h_p·W_pj}, at least 0 with {@code relu}: {@link Kernels#affine}.
   * Outputs are a multiple of eight.
   */
  void affine(AlignedFloats h, Packed weights, Matrix bias, boolean relu, AlignedFloats y);

  /**
   * The same of weights as they lie, with inputs of two kinds, and the weights of the first before
   * those of the second: {@link Kernels#reluFromTable} of a table that is affine in the first.
   *
   * @param skip floats before the block in h
   * @throws IllegalArgumentException if the weights are not matrices of one array and one stride
   */
  void affine(
      AlignedFloats h,
      int skip,
      Matrix weights,
      Matrix more,
      Matrix bias,
      boolean relu,
      AlignedFloats y);

  /**
   * {@code y_j += Σ_p h_p·W_pj}, then at least 0 with {@code relu}: {@link Kernels#reluFromTable}
   * of rows that lie in y. Outputs are a multiple of eight.
   *
   * @param skip floats before the block in h
   * @param weights made {@linkplain Packed#alsoForBlocks for blocks}
   */
  void affine(AlignedFloats h, int skip, Packed weights, boolean relu, AlignedFloats y);

  /** The same for a {@linkplain Packed narrow} factor with an even number of columns. */
  void narrow(AlignedFloats h, Matrix weights, Matrix bias, AlignedFloats y);

  /**
   * {@code sums[at + i] += scale·Σ_j s_ij} of the rows of a block, in doubles, in the order of j.
   *
   * @param first index of {@code s_00}
   */
  void addSums(double scale, float[] s, int first, int columns, double[] sums, int at);

  /** Bits of a word of {@link #below} and {@link #within}. */
  int WORD = 16;

  /**
   * Squared distances of a block of points to codes (d × n), a run for each code: {@link
   * Kernels#squaredDistances}.
   *
   * @param points of the block
   * @param distances from run {@code first} on n runs
   * @param m at least 0
   * @param smallest m runs: of each point the m smallest distances, ascending, those that it held
   *     before among them; what is not a number is none of them
   */
  void squaredDistances(
      float[] points, Matrix codes, float[] distances, int first, int m, float[] smallest);

  /**
   * Which distances are below a bound: of run k bit {@code 15 − k mod 16} of run {@code k / 16} of
   * words, which are whole numbers.
   *
   * @param count K
   * @param bounds a run
   */
  void below(float[] distances, int count, float[] bounds, float[] words);

  /**
   * The same for squared distances that are not above {@code (radius + more_k)²}.
   *
   * @param count K
   * @param radii a run
   * @param more K numbers
   */
  void within(float[] squared, int count, float[] radii, float[] more, float[] words);

  /**
   * Takes rows from {@code from} on, to a block that begins at {@code at}; where there are not
   * enough for a block, the last again.
   */
  default void load(Matrix rows, int from, float[] block, int at) {
    int r = rows();
    for (int i = 0; i < r; i++) {
      int row = rows.row(Math.min(from + i, rows.rows() - 1));
      for (int j = 0; j < rows.cols(); j++) {
        block[at + j * r + i] = rows.data()[row + j];
      }
    }
  }

  /** Writes a block to the rows from {@code from} on, as many as there are. */
  default void store(float[] block, int at, Matrix rows, int from) {
    int r = rows();
    for (int i = 0; i < Math.min(r, rows.rows() - from); i++) {
      int row = rows.row(from + i);
      for (int j = 0; j < rows.cols(); j++) {
        rows.data()[row + j] = block[at + j * r + i];
      }
    }
  }

  /**
   * How many of {@code n} rows are better taken in blocks: all that fill one, and the rest where it
   * fills more than half of one.
   */
  default int inBlocks(int n) {
    int rest = n % rows();
    return rest > rows() / 2 ? n : n - rest;
  }
}
