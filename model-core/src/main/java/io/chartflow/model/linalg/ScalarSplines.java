package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.RowBlocks.ROWS;

/** Splines value by value, the twin of {@link VectorSplines}, step by step. */
final class ScalarSplines implements SplineKernels {

  static final ScalarSplines INSTANCE = new ScalarSplines();

  private ScalarSplines() {}

  @Override
  public void share(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane++) {
        int widths = s.parametersOf(c) + lane;
        shareOne(s.parameters, widths, s.bins);
        shareOne(s.parameters, widths + s.bins * ROWS, s.bins);
      }
    }
  }

  private static void shareOne(float[] p, int at, int bins) {
    float peak = p[at];
    for (int b = 1; b < bins; b++) {
      float u = p[at + b * ROWS];
      peak = u > peak ? u : peak;
    }
    float total = 0;
    for (int b = 0; b < bins; b++) {
      float e = Exp.of(p[at + b * ROWS] - peak);
      total += e;
      p[at + b * ROWS] = e;
    }
    float scale = 1 / total;
    for (int b = 0; b < bins; b++) {
      p[at + b * ROWS] *= scale;
    }
  }

  @Override
  public void locate(SplineCells s, boolean byHeight) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane++) {
        locate(s, c, lane, byHeight);
      }
    }
  }

  private static void locate(SplineCells s, int c, int lane, boolean byHeight) {
    float[] p = s.parameters;
    int at = s.parametersOf(c) + lane;
    int by = at + (byHeight ? s.bins * ROWS : 0);
    int of = at + (byHeight ? 0 : s.bins * ROWS);
    int slope = at + (2 * s.bins - 1) * ROWS;
    float value = s.values[c * ROWS + lane];
    float left = -s.bound;
    float right = s.bound;
    float bottom = -s.bound;
    float top = s.bound;
    float logit0 = 0;
    float logit1 = 0;
    float x = -s.bound;
    float y = -s.bound;
    float lastX = x;
    for (int b = 0; b < s.bins; b++) {
      float nextX = x + Math.fma(s.spread, p[by + b * ROWS], s.least);
      float nextY = y + Math.fma(s.spread, p[of + b * ROWS], s.least);
      if (value >= x) {
        left = x;
        right = nextX;
        bottom = y;
        top = nextY;
        logit0 = p[slope + b * ROWS];
        logit1 = p[slope + (b + 1) * ROWS];
      }
      lastX = x;
      x = nextX;
      y = nextY;
    }
    boolean last = left == lastX;
    int knots = c * SplineCells.KNOTS * ROWS + lane;
    int atBy = knots + (byHeight ? 2 * ROWS : 0);
    int atOf = knots + (byHeight ? 0 : 2 * ROWS);
    s.knots[atBy] = left;
    s.knots[atBy + ROWS] = last ? s.bound : right;
    s.knots[atOf] = bottom;
    s.knots[atOf + ROWS] = last ? s.bound : top;
    int logits = c * 2 * ROWS + lane;
    float end = Float.POSITIVE_INFINITY;
    s.logits.data()[logits] = left == -s.bound ? end : logit(logit0);
    s.logits.data()[logits + ROWS] = last ? end : logit(logit1);
  }

  private static float logit(float u) {
    float shifted = u + SplineCells.LOGIT_OF_ONE;
    return shifted > SplineCells.MOST_LOGIT ? SplineCells.MOST_LOGIT : shifted;
  }

  private static float slope(float softplus) {
    return softplus == Float.POSITIVE_INFINITY ? 1 : softplus + SplineCells.FLOOR;
  }

  @Override
  public void forward(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane++) {
        forward(s, c, lane);
      }
    }
  }

  private static void forward(SplineCells s, int c, int lane) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    float x = s.values[at];
    float bottom = s.knots[k + 2 * ROWS];
    float top = s.knots[k + 3 * ROWS];
    float w = s.knots[k + ROWS] - s.knots[k];
    float h = top - bottom;
    float d0 = slope(s.slopes.data()[d]);
    float d1 = slope(s.slopes.data()[d + ROWS]);
    float slope = h / w;
    float xi = (x - s.knots[k]) / w;
    float rest = (s.knots[k + ROWS] - x) / w;
    float both = xi * rest;
    float below = Math.fma(d0 + d1, both, slope * Math.fma(both, -2f, 1f));
    float fromBottom = xi * Math.fma(slope, xi, d0 * rest);
    float fromTop = rest * Math.fma(slope, rest, d1 * xi);
    boolean low = fromBottom < fromTop;
    float step = h * ((low ? fromBottom : fromTop) / below);
    float y = low ? bottom + step : top - step;
    float steep = Math.fma(d1 * xi, xi, Math.fma(slope + slope, both, d0 * rest * rest));
    float g = slope / below;
    boolean inside = Math.abs(x) <= s.bound;
    s.results[at] = inside ? y : x;
    s.logSlopes.data()[at] = inside ? g * g * steep : 1;
  }

  @Override
  public void inverse(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane++) {
        inverse(s, c, lane);
      }
    }
  }

  private static void inverse(SplineCells s, int c, int lane) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    float y = s.values[at];
    float left = s.knots[k];
    float right = s.knots[k + ROWS];
    float w = right - left;
    float h = s.knots[k + 3 * ROWS] - s.knots[k + 2 * ROWS];
    float slope = h / w;
    float eta = (y - s.knots[k + 2 * ROWS]) / h;
    float rest = (s.knots[k + 3 * ROWS] - y) / h;
    float p = slope(s.slopes.data()[d]) * rest;
    float q = slope(s.slopes.data()[d + ROWS]) * eta;
    float gap = Math.abs(p - q);
    float four = (slope + slope) * (slope + slope);
    float t = gap + (float) Math.sqrt(Math.fma(gap, gap, four * (eta * rest)));
    boolean low = p >= q;
    float part = (slope + slope) * (low ? eta : rest);
    float step = w * (part / (t + part));
    float x = low ? left + step : right - step;
    s.results[at] = Math.abs(y) <= s.bound ? x : y;
  }

  @Override
  public void backward(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      int rows = c / s.cellsOfBlock * ROWS;
      for (int lane = 0; lane < ROWS; lane++) {
        binBackward(s, c, lane, s.byLogSlopes[rows + lane]);
        parametersBackward(s, c, lane);
      }
    }
  }

  /** The gradients by x, and by what the bin is made of, which go to {@code gradients}. */
  private static void binBackward(SplineCells s, int c, int lane, float dLog) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    float x = s.values[at];
    float dy = s.byResults[at];
    float w = s.knots[k + ROWS] - s.knots[k];
    float h = s.knots[k + 3 * ROWS] - s.knots[k + 2 * ROWS];
    float d0 = slope(s.slopes.data()[d]);
    float d1 = slope(s.slopes.data()[d + ROWS]);
    float slope = h / w;
    float xi = (x - s.knots[k]) / w;
    float rest = (s.knots[k + ROWS] - x) / w;
    float both = xi * rest;
    float sum = d0 + d1;
    float below = Math.fma(sum, both, slope * Math.fma(both, -2f, 1f));
    float fromBottom = xi * Math.fma(slope, xi, d0 * rest);
    float fromTop = rest * Math.fma(slope, rest, d1 * xi);
    float steep = Math.fma(d1 * xi, xi, Math.fma(slope + slope, both, d0 * rest * rest));
    float g = slope / below;
    float bend = sum - (slope + slope);
    float turn = (d1 - slope) * xi - (d0 - slope) * rest;
    float logByXi = 2 * (turn / steep - bend * (rest - xi) / below);
    float dx = Math.fma(dLog, logByXi / w, dy * (g * g * steep));
    float spread = dy * (h / below) * (both / below);
    float logBySlope = 2 * both * (sum / (slope * below) + 1 / steep);
    float dSlope = Math.fma(dLog, logBySlope, spread * Math.fma(d1 * xi, xi, -(d0 * rest * rest)));
    float perWidth = dSlope / w;
    float log2 = 2 * (both / below);
    boolean inside = Math.abs(x) <= s.bound;
    float[] out = s.gradients;
    out[lane] = inside ? -dx : 0;
    out[lane + ROWS] = inside ? -Math.fma(dx, xi, perWidth * slope) : 0;
    out[lane + 2 * ROWS] = inside ? dy : 0;
    out[lane + 3 * ROWS] = inside ? Math.fma(dy, fromBottom / below, perWidth) : 0;
    float byD0 = Math.fma(dLog, rest * rest / steep - log2, spread * fromTop);
    float byD1 = Math.fma(dLog, xi * xi / steep - log2, -(spread * fromBottom));
    out[lane + 4 * ROWS] = inside ? byD0 * s.logits.data()[d] : 0;
    out[lane + 5 * ROWS] = inside ? byD1 * s.logits.data()[d + ROWS] : 0;
    s.byResults[at] = inside ? dx : dy;
  }

  /** Sizes of bins before the value's move its start; its own size has a gradient of its own. */
  private static void parametersBackward(SplineCells s, int c, int lane) {
    float[] p = s.parameters;
    float[] g = s.gradients;
    float left = s.knots[c * SplineCells.KNOTS * ROWS + lane];
    int widths = s.parametersOf(c) + lane;
    int heights = widths + s.bins * ROWS;
    float meanX = 0;
    float meanY = 0;
    float x = -s.bound;
    for (int b = 0; b < s.bins; b++) {
      float byX = x < left ? g[lane] : x == left ? g[lane + ROWS] : 0;
      float byY = x < left ? g[lane + 2 * ROWS] : x == left ? g[lane + 3 * ROWS] : 0;
      float share = p[widths + b * ROWS];
      meanX = Math.fma(share, byX, meanX);
      meanY = Math.fma(p[heights + b * ROWS], byY, meanY);
      x += Math.fma(s.spread, share, s.least);
    }
    int slopes = heights + s.bins * ROWS;
    x = -s.bound;
    float held = 0;
    for (int b = 0; b < s.bins; b++) {
      float byX = x < left ? g[lane] : x == left ? g[lane + ROWS] : 0;
      float byY = x < left ? g[lane + 2 * ROWS] : x == left ? g[lane + 3 * ROWS] : 0;
      if (b > 0) {
        p[slopes + (b - 1) * ROWS] = x == left ? g[lane + 4 * ROWS] : held;
      }
      held = x == left ? g[lane + 5 * ROWS] : 0;
      float share = p[widths + b * ROWS];
      x += Math.fma(s.spread, share, s.least);
      p[widths + b * ROWS] = s.spread * share * (byX - meanX);
      p[heights + b * ROWS] = s.spread * p[heights + b * ROWS] * (byY - meanY);
    }
  }
}
