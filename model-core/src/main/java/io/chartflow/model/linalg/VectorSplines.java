package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.RowBlocks.ROWS;
import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Splines by vectors, one lane a row; {@link SplineCells} says the formulas. */
final class VectorSplines implements SplineKernels {

  static final VectorSplines INSTANCE = new VectorSplines();

  private VectorSplines() {}

  @Override
  public void share(SplineCells s) {
    float[] p = s.parameters;
    for (int c = 0; c < s.count; c++) {
      int widths = s.parametersOf(c);
      int heights = widths + s.bins * ROWS;
      for (int lane = 0; lane < ROWS; lane += LANES) {
        lower(p, widths + lane, s.bins);
        lower(p, heights + lane, s.bins);
      }
      VectorRows.exp(p, widths, 2 * s.bins, ROWS, ROWS);
      for (int lane = 0; lane < ROWS; lane += LANES) {
        scale(p, widths + lane, s.bins);
        scale(p, heights + lane, s.bins);
      }
    }
  }

  /** So that the highest is 0. */
  private static void lower(float[] p, int at, int bins) {
    FloatVector peak = FloatVector.fromArray(SPECIES, p, at);
    for (int b = 1; b < bins; b++) {
      FloatVector u = FloatVector.fromArray(SPECIES, p, at + b * ROWS);
      peak = u.blend(peak, u.compare(VectorOperators.GT, peak).not());
    }
    for (int b = 0; b < bins; b++) {
      FloatVector u = FloatVector.fromArray(SPECIES, p, at + b * ROWS);
      u.sub(peak).intoArray(p, at + b * ROWS);
    }
  }

  /** So that the sum is 1. */
  private static void scale(float[] p, int at, int bins) {
    FloatVector total = FloatVector.zero(SPECIES);
    for (int b = 0; b < bins; b++) {
      total = FloatVector.fromArray(SPECIES, p, at + b * ROWS).add(total);
    }
    FloatVector scale = FloatVector.broadcast(SPECIES, 1f).div(total);
    for (int b = 0; b < bins; b++) {
      FloatVector e = FloatVector.fromArray(SPECIES, p, at + b * ROWS);
      e.mul(scale).intoArray(p, at + b * ROWS);
    }
  }

  @Override
  public void locate(SplineCells s, boolean byHeight) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane += LANES) {
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
    FloatVector value = FloatVector.fromArray(SPECIES, s.values, c * ROWS + lane);
    FloatVector spread = FloatVector.broadcast(SPECIES, s.spread);
    FloatVector least = FloatVector.broadcast(SPECIES, s.least);
    FloatVector bound = FloatVector.broadcast(SPECIES, s.bound);
    FloatVector left = FloatVector.broadcast(SPECIES, -s.bound);
    FloatVector right = bound;
    FloatVector bottom = left;
    FloatVector top = bound;
    FloatVector logit0 = FloatVector.zero(SPECIES);
    FloatVector logit1 = logit0;
    FloatVector x = left;
    FloatVector y = left;
    FloatVector lastX = left;
    for (int b = 0; b < s.bins; b++) {
      FloatVector nextX =
          x.add(FloatVector.fromArray(SPECIES, p, by + b * ROWS).fma(spread, least));
      FloatVector nextY =
          y.add(FloatVector.fromArray(SPECIES, p, of + b * ROWS).fma(spread, least));
      VectorMask<Float> beyond = value.compare(VectorOperators.GE, x);
      left = left.blend(x, beyond);
      right = right.blend(nextX, beyond);
      bottom = bottom.blend(y, beyond);
      top = top.blend(nextY, beyond);
      logit0 = logit0.blend(FloatVector.fromArray(SPECIES, p, slope + b * ROWS), beyond);
      logit1 = logit1.blend(FloatVector.fromArray(SPECIES, p, slope + (b + 1) * ROWS), beyond);
      lastX = x;
      x = nextX;
      y = nextY;
    }
    VectorMask<Float> last = left.compare(VectorOperators.EQ, lastX);
    VectorMask<Float> first = left.compare(VectorOperators.EQ, -s.bound);
    int knots = c * SplineCells.KNOTS * ROWS + lane;
    int atBy = knots + (byHeight ? 2 * ROWS : 0);
    int atOf = knots + (byHeight ? 0 : 2 * ROWS);
    left.intoArray(s.knots, atBy);
    right.blend(bound, last).intoArray(s.knots, atBy + ROWS);
    bottom.intoArray(s.knots, atOf);
    top.blend(bound, last).intoArray(s.knots, atOf + ROWS);
    float most = SplineCells.MOST_LOGIT;
    float end = Float.POSITIVE_INFINITY;
    logit0 = logit0.add(SplineCells.LOGIT_OF_ONE);
    logit1 = logit1.add(SplineCells.LOGIT_OF_ONE);
    logit0 = logit0.blend(most, logit0.compare(VectorOperators.GT, most)).blend(end, first);
    logit1 = logit1.blend(most, logit1.compare(VectorOperators.GT, most)).blend(end, last);
    int logits = c * 2 * ROWS + lane;
    logit0.intoArray(s.logits.data(), logits);
    logit1.intoArray(s.logits.data(), logits + ROWS);
  }

  @Override
  public void forward(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane += LANES) {
        forward(s, c, lane);
      }
    }
  }

  private static void forward(SplineCells s, int c, int lane) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    FloatVector x = FloatVector.fromArray(SPECIES, s.values, at);
    FloatVector left = FloatVector.fromArray(SPECIES, s.knots, k);
    FloatVector right = FloatVector.fromArray(SPECIES, s.knots, k + ROWS);
    FloatVector bottom = FloatVector.fromArray(SPECIES, s.knots, k + 2 * ROWS);
    FloatVector top = FloatVector.fromArray(SPECIES, s.knots, k + 3 * ROWS);
    FloatVector d0 = FloatVector.fromArray(SPECIES, s.slopes.data(), d);
    FloatVector d1 = FloatVector.fromArray(SPECIES, s.slopes.data(), d + ROWS);
    float end = Float.POSITIVE_INFINITY;
    d0 = d0.add(SplineCells.FLOOR).blend(1f, d0.compare(VectorOperators.EQ, end));
    d1 = d1.add(SplineCells.FLOOR).blend(1f, d1.compare(VectorOperators.EQ, end));
    FloatVector w = right.sub(left);
    FloatVector h = top.sub(bottom);
    FloatVector slope = h.div(w);
    FloatVector xi = x.sub(left).div(w);
    FloatVector rest = right.sub(x).div(w);
    FloatVector both = xi.mul(rest);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector below = slope.mul(both.fma(FloatVector.broadcast(SPECIES, -2f), one));
    below = d0.add(d1).fma(both, below);
    FloatVector fromBottom = xi.mul(slope.fma(xi, d0.mul(rest)));
    FloatVector fromTop = rest.mul(slope.fma(rest, d1.mul(xi)));
    VectorMask<Float> low = fromBottom.compare(VectorOperators.LT, fromTop);
    FloatVector step = h.mul(fromTop.blend(fromBottom, low).div(below));
    FloatVector y = top.sub(step).blend(bottom.add(step), low);
    FloatVector steep = slope.add(slope).fma(both, d0.mul(rest).mul(rest));
    steep = d1.mul(xi).fma(xi, steep);
    FloatVector g = slope.div(below);
    VectorMask<Float> inside = x.lanewise(VectorOperators.ABS).compare(VectorOperators.LE, s.bound);
    x.blend(y, inside).intoArray(s.results, at);
    one.blend(g.mul(g).mul(steep), inside).intoArray(s.logSlopes.data(), at);
  }

  @Override
  public void inverse(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      for (int lane = 0; lane < ROWS; lane += LANES) {
        inverse(s, c, lane);
      }
    }
  }

  private static void inverse(SplineCells s, int c, int lane) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    FloatVector y = FloatVector.fromArray(SPECIES, s.values, at);
    FloatVector left = FloatVector.fromArray(SPECIES, s.knots, k);
    FloatVector right = FloatVector.fromArray(SPECIES, s.knots, k + ROWS);
    FloatVector bottom = FloatVector.fromArray(SPECIES, s.knots, k + 2 * ROWS);
    FloatVector top = FloatVector.fromArray(SPECIES, s.knots, k + 3 * ROWS);
    FloatVector d0 = FloatVector.fromArray(SPECIES, s.slopes.data(), d);
    FloatVector d1 = FloatVector.fromArray(SPECIES, s.slopes.data(), d + ROWS);
    float end = Float.POSITIVE_INFINITY;
    d0 = d0.add(SplineCells.FLOOR).blend(1f, d0.compare(VectorOperators.EQ, end));
    d1 = d1.add(SplineCells.FLOOR).blend(1f, d1.compare(VectorOperators.EQ, end));
    FloatVector w = right.sub(left);
    FloatVector h = top.sub(bottom);
    FloatVector slope = h.div(w);
    FloatVector twice = slope.add(slope);
    FloatVector eta = y.sub(bottom).div(h);
    FloatVector rest = top.sub(y).div(h);
    FloatVector p = d0.mul(rest);
    FloatVector q = d1.mul(eta);
    FloatVector gap = p.sub(q).lanewise(VectorOperators.ABS);
    FloatVector square = gap.fma(gap, twice.mul(twice).mul(eta.mul(rest)));
    FloatVector t = gap.add(square.lanewise(VectorOperators.SQRT));
    VectorMask<Float> low = p.compare(VectorOperators.GE, q);
    FloatVector part = twice.mul(rest.blend(eta, low));
    FloatVector step = w.mul(part.div(t.add(part)));
    FloatVector x = right.sub(step).blend(left.add(step), low);
    VectorMask<Float> inside = y.lanewise(VectorOperators.ABS).compare(VectorOperators.LE, s.bound);
    y.blend(x, inside).intoArray(s.results, at);
  }

  @Override
  public void backward(SplineCells s) {
    for (int c = 0; c < s.count; c++) {
      int rows = c / s.cellsOfBlock * ROWS;
      for (int lane = 0; lane < ROWS; lane += LANES) {
        VectorSplinesBack.bin(s, c, lane, rows + lane);
        VectorSplinesBack.parameters(s, c, lane);
      }
    }
  }
}
