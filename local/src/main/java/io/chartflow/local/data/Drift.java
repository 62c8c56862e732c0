package io.chartflow.local.data;

import java.util.SplittableRandom;

/**
 * A shape that turns about an oblique axis and wanders along it, slowly: event {@code i} is {@code
 * R(ω i)·y + b(ω i)} with {@code y} from the still shape. A rigid motion keeps volumes, so the
 * density at event {@code i} is the still density of the point moved back, and the mean true
 * log-density never changes: what a model loses is lag and nothing else.
 */
final class Drift implements Generator {

  /** The axis of the turn, of length one. */
  private static final double[] AXIS = {2.0 / 3, 1.0 / 3, 2.0 / 3};

  private final Generator still;
  private final double eventsPerTurn;
  private final double wander;

  /**
   * @param eventsPerTurn events until the shape is back where it began
   * @param wander how far it goes to either side along the axis
   */
  Drift(Generator still, double eventsPerTurn, double wander) {
    if (still.dimension() != 3) {
      throw new IllegalArgumentException(
          "drift turns in 3 dimensions, got a shape of " + still.dimension());
    }
    this.still = still;
    this.eventsPerTurn = eventsPerTurn;
    this.wander = wander;
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public void draw(SplittableRandom random, long index, double[] out) {
    still.draw(random, index, out);
    double angle = angle(index);
    rotateInPlace(out, angle);
    shiftInPlace(out, wander * Math.sin(angle));
  }

  @Override
  public double logDensity(double[] x, long index) {
    double angle = angle(index);
    double[] back = x.clone();
    shiftInPlace(back, -wander * Math.sin(angle));
    rotateInPlace(back, -angle);
    return still.logDensity(back, index);
  }

  private double angle(long index) {
    return 2 * Math.PI * (index / eventsPerTurn);
  }

  /** Rodrigues' formula about {@link #AXIS}. */
  private static void rotateInPlace(double[] x, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double dot = AXIS[0] * x[0] + AXIS[1] * x[1] + AXIS[2] * x[2];
    double a = AXIS[1] * x[2] - AXIS[2] * x[1];
    double b = AXIS[2] * x[0] - AXIS[0] * x[2];
    double c = AXIS[0] * x[1] - AXIS[1] * x[0];
    x[0] = cos * x[0] + sin * a + (1 - cos) * dot * AXIS[0];
    x[1] = cos * x[1] + sin * b + (1 - cos) * dot * AXIS[1];
    x[2] = cos * x[2] + sin * c + (1 - cos) * dot * AXIS[2];
  }

  private static void shiftInPlace(double[] x, double by) {
    for (int j = 0; j < 3; j++) {
      x[j] += by * AXIS[j];
    }
  }
}
