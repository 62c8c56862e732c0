package io.chartflow.model.flow;

/**
 * A monotone rational-quadratic spline of {@code [−B, B]} onto itself; outside the identity. K
 * bins; within bin b, {@code ξ = (x − x_b)/w_b} and {@code s = h_b/w_b},
 *
 * <pre>{@code
 * y = y_b + h_b·(s·ξ² + d_b·ξ(1−ξ)) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))
 * y' = s²·(d_{b+1}·ξ² + 2s·ξ(1−ξ) + d_b·(1−ξ)²) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))²
 * }</pre>
 *
 * <p>Parameters, {@code 3K − 1} floats: K logits of widths, K of heights, both by softmax with a
 * floor of 1/1000 of {@code 2B} a bin; {@code K − 1} of the slopes at the inner knots, {@code d =
 * 1e-3 + softplus(u + c)} with c such that zero gives 1. At both ends the slope is 1. All zero is
 * the identity.
 *
 * <p>Parameters are prepared before use: {@link #lower}, then exponentials of all, then {@link
 * #share}; the exponentials are the caller's, who has many of them at once.
 *
 * <p>One object is the memory of one thread: {@link #forward} leaves the logarithm of the slope,
 * {@link #backward} turns parameters into their gradient in place. In double precision; every
 * finite number has a finite result.
 *
 * <p>Source: Durkan, Bekasov, Murray, Papamakarios 2019, equations 4 to 8 and section 3.1; Gregory
 * and Delbourgo 1982.
 */
final class RationalQuadratic {

  private static final double FLOOR = 1e-3;
  private static final double EXP_C = Math.expm1(1 - FLOOR);

  private final int bins;
  private final double bound;
  private final double spread; // of a unit of softmax

  private int bin;
  private double left;
  private double width;
  private double bottom;
  private double height;
  private double slope0;
  private double slope1;
  private double logSlope;

  RationalQuadratic(Shape shape) {
    this.bins = shape.bins;
    this.bound = shape.bound;
    this.spread = 2 * bound * (1 - bins * FLOOR);
  }

  /**
   * What does not depend on parameters.
   *
   * @param bins K, 2 to 256
   * @param bound B, positive
   */
  record Shape(int bins, double bound) {

    /** Number of parameters. */
    int parameters() {
      return 3 * bins - 1;
    }

    Shape {
      if (bins < 2 || bins > 256 || !(bound > 0)) {
        throw new IllegalArgumentException(
            "a spline needs 2 to 256 bins and a positive bound, got " + bins + " and " + bound);
      }
    }
  }

  /** Lowers the logits of widths, and of heights, so that the highest is 0. */
  void lower(float[] p, int at) {
    lowerOne(p, at);
    lowerOne(p, at + bins);
  }

  private void lowerOne(float[] p, int at) {
    float peak = p[at];
    for (int b = 1; b < bins; b++) {
      peak = Math.max(peak, p[at + b]);
    }
    for (int b = 0; b < bins; b++) {
      p[at + b] -= peak;
    }
  }

  /** Turns the exponentials of widths and heights into shares. */
  void share(float[] p, int at) {
    shareOne(p, at);
    shareOne(p, at + bins);
  }

  private void shareOne(float[] p, int at) {
    float total = 0;
    for (int b = 0; b < bins; b++) {
      total += p[at + b];
    }
    float scale = 1 / total;
    for (int b = 0; b < bins; b++) {
      p[at + b] *= scale;
    }
  }

  /** {@code y}; leaves {@code log y'}. */
  double forward(float[] p, int at, double x) {
    if (!inside(x)) {
      logSlope = 0;
      return x;
    }
    locate(p, at, x, true);
    double xi = (x - left) / width;
    double both = xi * (1 - xi);
    double s = height / width;
    double below = s + (slope1 + slope0 - 2 * s) * both;
    double steep = slope1 * xi * xi + 2 * s * both + slope0 * (1 - xi) * (1 - xi);
    logSlope = Math.log(s * s * steep / (below * below));
    return bottom + height * (s * xi * xi + slope0 * both) / below;
  }

  /** The logarithm of the slope at the last {@link #forward}. */
  double logSlope() {
    return logSlope;
  }

  /** {@code x}, by the root of the quadratic that does not cancel. */
  double inverse(float[] p, int at, double y) {
    if (!inside(y)) {
      return y;
    }
    locate(p, at, y, false);
    double s = height / width;
    double up = y - bottom;
    double bend = up * (slope1 + slope0 - 2 * s);
    double a = height * (s - slope0) + bend;
    double b = height * slope0 - bend;
    double c = -s * up;
    double root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
    double xi = Math.min(1, Math.max(0, 2 * c / (-b - root)));
    return left + xi * width;
  }

  /**
   * Replaces the prepared parameters by their gradient.
   *
   * @param x as it went into {@link #forward}
   * @param dy gradient by y
   * @param dLog gradient by {@code log y'}
   * @return gradient by x
   */
  double backward(float[] p, int at, double x, double dy, double dLog) {
    if (!inside(x)) {
      java.util.Arrays.fill(p, at, at + 3 * bins - 1, 0f);
      return dy;
    }
    locate(p, at, x, true);
    double xi = (x - left) / width;
    double rest = 1 - xi;
    double both = xi * rest;
    double s = height / width;
    double bend = slope1 + slope0 - 2 * s;
    double above = s * xi * xi + slope0 * both;
    double below = s + bend * both;
    double steep = slope1 * xi * xi + 2 * s * both + slope0 * rest * rest;

    double dAbove = dy * height / below;
    double dBelow = -(dAbove * above + 2 * dLog) / below;
    double dSteep = dLog / steep;
    double dBoth = 2 * dSteep * s + dAbove * slope0 + dBelow * bend;
    double dXi =
        2 * dSteep * (slope1 * xi - slope0 * rest) + 2 * dAbove * s * xi + dBoth * (1 - 2 * xi);
    double dS = 2 * (dLog / s + dSteep * both) + dAbove * xi * xi + dBelow * (1 - 2 * both);
    double dSlope0 = dSteep * rest * rest + (dAbove + dBelow) * both;
    double dSlope1 = dSteep * xi * xi + dBelow * both;
    double dx = dXi / width;

    slopesBackward(p, at + 2 * bins, dSlope0, dSlope1);
    softmaxBackward(p, at, -dx, -dx * xi - dS * s / width);
    softmaxBackward(p, at + bins, dy, dy * above / below + dS / width);
    return dx;
  }

  /** The bin's knots; {@code byX} tells whether {@code value} is an x or a y. */
  private void locate(float[] p, int at, double value, boolean byX) {
    bin = 0;
    left = -bound;
    bottom = -bound;
    width = size(p[at]);
    height = size(p[at + bins]);
    while (bin < bins - 1 && value >= (byX ? left + width : bottom + height)) {
      bin++;
      left += width;
      bottom += height;
      width = size(p[at + bin]);
      height = size(p[at + bins + bin]);
    }
    if (bin == bins - 1) { // ends at the bound, whatever was rounded on the way
      width = bound - left;
      height = bound - bottom;
    }
    slope0 = bin == 0 ? 1 : slope(p[at + 2 * bins + bin - 1]);
    slope1 = bin == bins - 1 ? 1 : slope(p[at + 2 * bins + bin]);
  }

  private double size(float share) {
    return 2 * bound * FLOOR + spread * share;
  }

  /** From the exponential of its logit. */
  private static double slope(float exponential) {
    return FLOOR + Math.log(1 + EXP_C * exponential);
  }

  private void slopesBackward(float[] p, int at, double dSlope0, double dSlope1) {
    double by0 = bin == 0 ? 0 : dSlope0 * slopeByLogit(p[at + bin - 1]);
    double by1 = bin == bins - 1 ? 0 : dSlope1 * slopeByLogit(p[at + bin]);
    java.util.Arrays.fill(p, at, at + bins - 1, 0f);
    if (bin > 0) {
      p[at + bin - 1] = (float) by0;
    }
    if (bin < bins - 1) {
      p[at + bin] = (float) by1;
    }
  }

  private static double slopeByLogit(float exponential) {
    double e = EXP_C * exponential;
    return e / (1 + e);
  }

  /** Sizes of bins before this one move its start; its own size has a gradient of its own. */
  private void softmaxBackward(float[] p, int at, double dStart, double dSize) {
    float before = 0;
    for (int b = 0; b < bin; b++) {
      before += p[at + b];
    }
    double mean = dStart * before + dSize * p[at + bin];
    float lower = (float) (spread * (dStart - mean));
    float upper = (float) (-spread * mean);
    for (int b = 0; b < bin; b++) {
      p[at + b] *= lower;
    }
    p[at + bin] *= (float) (spread * (dSize - mean));
    for (int b = bin + 1; b < bins; b++) {
      p[at + b] *= upper;
    }
  }

  private boolean inside(double value) {
    return value >= -bound && value <= bound;
  }
}
