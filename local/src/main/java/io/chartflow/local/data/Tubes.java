package io.chartflow.local.data;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.sin;

/**
 * The tubes of the literature: the six in three dimensions as in the public generators of
 * Sidheekh's <em>Probabilistic flow circuits</em> (UAI 2023, {@code toy_3d.py}), and two in the
 * plane.
 *
 * <p><em>Differs from the source in</em>: {@code θ} is a fresh uniform draw, where the source draws
 * with replacement from a fixed grid of points, so that 39 % of its test points are copies of
 * training points. "Disjoint circles" keeps the author's slip: all three coordinates of either
 * piece share one function, so the pieces are a line segment and an ellipse.
 */
final class Tubes {

  private Tubes() {}

  /** {@code (θ, cos θ, sin θ)} over three turns, noise 0.05. */
  static Tube helix() {
    return new Tube(3, 1, 0.05, new Arc(0, 6 * PI, (t, x) -> set(x, t, cos(t), sin(t))));
  }

  /** A trefoil knot: {@code (sin θ + 2 sin 2θ, cos θ − 2 cos 2θ, sin 3θ)}, scale 4, noise 0.1. */
  static Tube knotted() {
    Curve knot = (t, x) -> set(x, sin(t) + 2 * sin(2 * t), cos(t) - 2 * cos(2 * t), sin(3 * t));
    return new Tube(3, 4, 0.1, Arc.closed(knot));
  }

  /** A bent Lissajous figure: {@code (sin 2θ, cos θ, cos 2θ)}, scale 4, noise 0.1. */
  static Tube lissajous() {
    return new Tube(3, 4, 0.1, Arc.closed((t, x) -> set(x, sin(2 * t), cos(t), cos(2 * t))));
  }

  /** A segment and an ellipse (the source's slip, see above), scale 2, noise 0.05. */
  static Tube disjointCircles() {
    Curve segment = (t, x) -> set(x, sin(t) - 2, sin(t) - 1, sin(t) - 1);
    Curve ellipse = (t, x) -> set(x, 2 + sin(t), 1 + 2 * cos(t), 1 + 2 * cos(t));
    return new Tube(3, 2, 0.05, Arc.closed(segment), Arc.closed(ellipse));
  }

  /** Two circles in perpendicular planes that meet in a point, scale 4, noise 0.1. */
  static Tube twistedEight() {
    return crossed(2);
  }

  /** Two circles in perpendicular planes, each through the other's centre, scale 4, noise 0.1. */
  static Tube interlockedCircles() {
    return crossed(1);
  }

  /** Two half circles in the plane that reach into each other, noise 0.1. */
  static Tube twoMoons() {
    Arc upper = new Arc(0, PI, (t, x) -> set(x, cos(t), sin(t)));
    Arc lower = new Arc(0, PI, (t, x) -> set(x, 1 - cos(t), 0.5 - sin(t)));
    return new Tube(2, 1, 0.1, upper, lower);
  }

  /** Two circles in the plane about one centre, of radius 1 and 2, noise 1/8. */
  static Tube rings() {
    Arc inner = Arc.closed((t, x) -> set(x, cos(t), sin(t)));
    Arc outer = Arc.closed((t, x) -> set(x, 2 * cos(t), 2 * sin(t)));
    return new Tube(2, 1, 0.125, inner, outer);
  }

  private static Tube crossed(double offset) {
    Arc flat = Arc.closed((t, x) -> set(x, sin(t), cos(t), 0));
    Arc upright = Arc.closed((t, x) -> set(x, offset + sin(t), 0, cos(t)));
    return new Tube(3, 4, 0.1, flat, upright);
  }

  private static void set(double[] x, double... values) {
    System.arraycopy(values, 0, x, 0, values.length);
  }
}
