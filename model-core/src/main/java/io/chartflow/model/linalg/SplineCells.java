package io.chartflow.model.linalg;

/**
 * Monotone rational-quadratic splines of {@code [−B, B]} onto itself, at work on many values. A
 * cell is one feature of a {@linkplain RowBlocks block} of rows: {@value RowBlocks#ROWS} values
 * beside each other, and the parameters of each in the rows of the cell's own matrix.
 *
 * <p>Parameters of a value, in this order: K logits of widths, K of heights, both by softmax with a
 * floor of 1/1000 of {@code 2B} a bin; {@code K − 1} of the slopes at the inner knots, {@code d =
 * 1e-3 + softplus(u + c)} with c such that zero gives 1; then what the caller keeps there. At both
 * ends the slope is 1. With knots {@code (x_b, y_b)}, {@code w = x_{b+1} − x_b}, {@code h = y_{b+1}
 * − y_b}, {@code s = h/w}, {@code ξ = (x − x_b)/w} and {@code ρ = (x_{b+1} − x)/w}, which is {@code
 * 1 − ξ} and is not computed so,
 *
 * <pre>{@code
 * below = s·(1 − 2ξρ) + (d_b + d_{b+1})·ξρ        steep = d_{b+1}·ξ² + 2s·ξρ + d_b·ρ²
 * y = y_b + h·ξ·(s·ξ + d_b·ρ)/below  or  y_{b+1} − h·ρ·(s·ρ + d_{b+1}·ξ)/below
 * y' = (s/below)²·steep
 * }</pre>
 *
 * <p>whichever knot is nearer: sums of positive terms. The inverse too: with {@code η = (y −
 * y_b)/h}, {@code μ = (y_{b+1} − y)/h}, {@code p = d_b·μ}, {@code q = d_{b+1}·η} and {@code t = |p
 * − q| + √((p − q)² + 4s²·ημ)}, {@code ξ = 2sη/(t + 2sη)} if {@code p ≥ q}, else {@code ρ = 2sμ/(t
 * + 2sμ)}.
 *
 * <p>Errors, in single precision: y and {@code log y'} are those, to 3e-6, of a spline whose knots
 * lie within {@code 1e-6·B} of where doubles put them (8 bins), which is itself a monotone and
 * smooth one; forward undoes the inverse to {@code 3e-7·B}, times the slope where that is above 1,
 * whatever the parameters are. A value beyond the bound, or one that is not a number, passes.
 *
 * <p>Source: Durkan, Bekasov, Murray, Papamakarios 2019, equations 4 to 8 and section 3.1; Gregory
 * and Delbourgo 1982. Differs from the sources in how the fractions are written: theirs cancel,
 * {@code b² − 4ac} of the inverse above all.
 */
public final class SplineCells {

  static final float FLOOR = 1e-3f;

  /** {@code c = log(exp(1 − 1/1000) − 1)}. */
  static final float LOGIT_OF_ONE = (float) Math.log(Math.expm1(1 - 1e-3));

  /** Logits of slopes beyond this are this. */
  static final float MOST_LOGIT = 88;

  /** Knots kept of a value: those of x, then those of y. */
  static final int KNOTS = 4;

  /** Gradients by start and size of a bin's width and height, and by its slopes. */
  static final int GRADIENTS = 6;

  final int bins;
  final float bound;
  final float least;
  final float spread;
  final int parameterRows;
  int count;
  int cellsOfBlock;
  float[] parameters = new float[0];
  float[] values = new float[0];
  float[] results = new float[0];
  float[] knots = new float[0];
  Matrix logSlopes = Matrix.zeros(0, 1);
  Matrix logits = Matrix.zeros(0, 2);
  Matrix slopes = Matrix.zeros(0, 2);
  float[] byResults = new float[0];
  float[] byLogSlopes = new float[0];
  final float[] gradients = new float[GRADIENTS * RowBlocks.ROWS];
  private final Rows logSlopeRows = new Rows(1);
  private final Rows logitRows = new Rows(2);
  private final Rows slopeRows = new Rows(2);

  /**
   * No values yet.
   *
   * @param bins K, at least 2
   * @param bound B
   * @param parameterRows parameters of a value, at least {@code 3K − 1}
   */
  public SplineCells(int bins, double bound, int parameterRows) {
    this.bins = bins;
    this.bound = (float) bound;
    this.least = (float) (2 * bound * FLOOR);
    this.spread = (float) (2 * bound * (1 - bins * 1e-3));
    this.parameterRows = parameterRows;
  }

  /** Makes room for so many blocks of rows, of so many features each. */
  public void reserve(int blocks, int features) {
    cellsOfBlock = features;
    count = blocks * features;
    if (count * RowBlocks.ROWS > values.length) {
      int room = (count + count / 4) * RowBlocks.ROWS;
      parameters = new float[room * parameterRows];
      values = new float[room];
      results = new float[room];
      knots = new float[room * KNOTS];
      byResults = new float[room];
      byLogSlopes = new float[room];
    }
    logSlopes = logSlopeRows.top(size());
    logits = logitRows.top(size());
    slopes = slopeRows.top(size());
  }

  /** Number of cells. */
  public int count() {
    return count;
  }

  /** All values, the cells one after the other. */
  public int size() {
    return count * RowBlocks.ROWS;
  }

  /** Index of the first of a cell's parameters. */
  int parametersOf(int cell) {
    return cell * parameterRows * RowBlocks.ROWS;
  }

  /** Parameters: a cell's {@code parameterRows × 16}, one after the other. */
  public float[] parameters() {
    return parameters;
  }

  /** What a spline is asked for. */
  public float[] values() {
    return values;
  }

  /** What it gives. */
  public float[] results() {
    return results;
  }

  /** {@code log y'}, after forward. */
  public float[] logSlopes() {
    return logSlopes.data();
  }

  /** Gradient of the loss by the results, and after backward by the values. */
  public float[] byResults() {
    return byResults;
  }

  /** Gradient of the loss by {@code log y'}, the same for all features of a row. */
  public float[] byLogSlopes() {
    return byLogSlopes;
  }

  /** Prepares the parameters, which {@link #forward} or {@link #inverse} then read. */
  public void prepare(Kernels kernels) {
    kernels.splines().share(this);
  }

  /** From values x to results y and log-slopes. */
  public void forward(Kernels kernels) {
    locate(kernels, false);
    kernels.splines().forward(this);
    kernels.logInPlace(logSlopes);
  }

  /** From values y to results x. */
  public void inverse(Kernels kernels) {
    locate(kernels, true);
    kernels.splines().inverse(this);
  }

  /** Of the rows of the last {@link #forward} only these go backwards. */
  public void keep(KeptRows rows) {
    rows.inBlocks(parameters, cellsOfBlock * parameterRows);
    rows.inBlocks(values, cellsOfBlock);
    rows.inBlocks(knots, cellsOfBlock * KNOTS);
    rows.inBlocks(logits.data(), cellsOfBlock * 2);
    rows.inBlocks(slopes.data(), cellsOfBlock * 2);
    reserve(RowBlocks.count(rows.count()), cellsOfBlock);
  }

  /**
   * Replaces the parameters by their gradients, and that by the results by that by the values; what
   * the caller keeps behind the parameters stays. Must follow {@link #forward}.
   */
  public void backward(Kernels kernels) {
    kernels.logisticInPlace(logits);
    kernels.splines().backward(this);
  }

  private void locate(Kernels kernels, boolean byHeight) {
    kernels.splines().locate(this, byHeight);
    System.arraycopy(logits.data(), 0, slopes.data(), 0, 2 * size());
    kernels.softplusInPlace(slopes);
  }
}
