package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.RowBlocks.ROWS;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The way back through {@link VectorSplines}. */
final class VectorSplinesBack {

  private VectorSplinesBack() {}

  /** The gradients by x, and by what the bin is made of, which go to {@code gradients}. */
  static void bin(SplineCells s, int c, int lane, int row) {
    int at = c * ROWS + lane;
    int k = c * SplineCells.KNOTS * ROWS + lane;
    int d = c * 2 * ROWS + lane;
    FloatVector x = FloatVector.fromArray(SPECIES, s.values, at);
    FloatVector dy = FloatVector.fromArray(SPECIES, s.byResults, at);
    FloatVector dLog = FloatVector.fromArray(SPECIES, s.byLogSlopes, row);
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
    FloatVector xi = x.sub(left).div(w);
    FloatVector rest = right.sub(x).div(w);
    FloatVector both = xi.mul(rest);
    FloatVector sum = d0.add(d1);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector below = slope.mul(both.fma(FloatVector.broadcast(SPECIES, -2f), one));
    below = sum.fma(both, below);
    FloatVector fromBottom = xi.mul(slope.fma(xi, d0.mul(rest)));
    FloatVector fromTop = rest.mul(slope.fma(rest, d1.mul(xi)));
    FloatVector late = d0.mul(rest).mul(rest);
    FloatVector steep = d1.mul(xi).fma(xi, twice.fma(both, late));
    FloatVector g = slope.div(below);
    FloatVector bend = sum.sub(twice);
    FloatVector turn = d1.sub(slope).mul(xi).sub(d0.sub(slope).mul(rest));
    FloatVector logByXi = turn.div(steep).sub(bend.mul(rest.sub(xi)).div(below)).mul(2f);
    FloatVector dx = dLog.fma(logByXi.div(w), dy.mul(g.mul(g).mul(steep)));
    FloatVector shared = both.div(below);
    FloatVector spread = dy.mul(h.div(below)).mul(shared);
    FloatVector logBySlope = both.mul(2f).mul(sum.div(slope.mul(below)).add(one.div(steep)));
    FloatVector dSlope = dLog.fma(logBySlope, spread.mul(d1.mul(xi).fma(xi, late.neg())));
    FloatVector perWidth = dSlope.div(w);
    FloatVector log2 = shared.mul(2f);
    FloatVector byD0 = dLog.fma(rest.mul(rest).div(steep).sub(log2), spread.mul(fromTop));
    FloatVector byD1 = dLog.fma(xi.mul(xi).div(steep).sub(log2), spread.mul(fromBottom).neg());
    VectorMask<Float> inside = x.lanewise(VectorOperators.ABS).compare(VectorOperators.LE, s.bound);
    FloatVector zero = FloatVector.zero(SPECIES);
    float[] out = s.gradients;
    zero.blend(dx.neg(), inside).intoArray(out, lane);
    zero.blend(dx.fma(xi, perWidth.mul(slope)).neg(), inside).intoArray(out, lane + ROWS);
    zero.blend(dy, inside).intoArray(out, lane + 2 * ROWS);
    zero.blend(dy.fma(fromBottom.div(below), perWidth), inside).intoArray(out, lane + 3 * ROWS);
    FloatVector logistic0 = FloatVector.fromArray(SPECIES, s.logits.data(), d);
    FloatVector logistic1 = FloatVector.fromArray(SPECIES, s.logits.data(), d + ROWS);
    zero.blend(byD0.mul(logistic0), inside).intoArray(out, lane + 4 * ROWS);
    zero.blend(byD1.mul(logistic1), inside).intoArray(out, lane + 5 * ROWS);
    dy.blend(dx, inside).intoArray(s.byResults, at);
  }

  /** Sizes of bins before the value's move its start; its own size has a gradient of its own. */
  static void parameters(SplineCells s, int c, int lane) {
    float[] p = s.parameters;
    float[] g = s.gradients;
    int widths = s.parametersOf(c) + lane;
    int heights = widths + s.bins * ROWS;
    FloatVector left = FloatVector.fromArray(SPECIES, s.knots, c * SplineCells.KNOTS * ROWS + lane);
    FloatVector startX = FloatVector.fromArray(SPECIES, g, lane);
    FloatVector sizeX = FloatVector.fromArray(SPECIES, g, lane + ROWS);
    FloatVector startY = FloatVector.fromArray(SPECIES, g, lane + 2 * ROWS);
    FloatVector sizeY = FloatVector.fromArray(SPECIES, g, lane + 3 * ROWS);
    FloatVector spread = FloatVector.broadcast(SPECIES, s.spread);
    FloatVector least = FloatVector.broadcast(SPECIES, s.least);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector meanX = zero;
    FloatVector meanY = zero;
    FloatVector x = FloatVector.broadcast(SPECIES, -s.bound);
    for (int b = 0; b < s.bins; b++) {
      VectorMask<Float> before = x.compare(VectorOperators.LT, left);
      VectorMask<Float> own = x.compare(VectorOperators.EQ, left);
      FloatVector share = FloatVector.fromArray(SPECIES, p, widths + b * ROWS);
      meanX = share.fma(zero.blend(sizeX, own).blend(startX, before), meanX);
      FloatVector height = FloatVector.fromArray(SPECIES, p, heights + b * ROWS);
      meanY = height.fma(zero.blend(sizeY, own).blend(startY, before), meanY);
      x = x.add(share.fma(spread, least));
    }
    FloatVector byD0 = FloatVector.fromArray(SPECIES, g, lane + 4 * ROWS);
    FloatVector byD1 = FloatVector.fromArray(SPECIES, g, lane + 5 * ROWS);
    FloatVector held = zero;
    int slopes = heights + s.bins * ROWS;
    x = FloatVector.broadcast(SPECIES, -s.bound);
    for (int b = 0; b < s.bins; b++) {
      VectorMask<Float> before = x.compare(VectorOperators.LT, left);
      VectorMask<Float> own = x.compare(VectorOperators.EQ, left);
      if (b > 0) {
        held.blend(byD0, own).intoArray(p, slopes + (b - 1) * ROWS);
      }
      held = zero.blend(byD1, own);
      FloatVector share = FloatVector.fromArray(SPECIES, p, widths + b * ROWS);
      FloatVector height = FloatVector.fromArray(SPECIES, p, heights + b * ROWS);
      x = x.add(share.fma(spread, least));
      FloatVector byX = zero.blend(sizeX, own).blend(startX, before).sub(meanX);
      FloatVector byY = zero.blend(sizeY, own).blend(startY, before).sub(meanY);
      spread.mul(share).mul(byX).intoArray(p, widths + b * ROWS);
      spread.mul(height).mul(byY).intoArray(p, heights + b * ROWS);
    }
  }
}
