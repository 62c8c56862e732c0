package io.chartflow.bench.learn;

/**
 * Normal noise about a surface of {@code d} dimensions in a space of {@code D}: what makes of a
 * density on the surface one of the space, {@code log p(x) = log p(π(x)) − (D−d)/2·log 2πs² −
 * δ²/2s²}, with {@code δ} the distance of {@code x} from its projection {@code π(x)}. It holds
 * where {@code s} is small beside the radii of the surface's curvature.
 *
 * <p>A density on a surface alone says nothing of how far the events are from it. A surface that
 * folds many of them onto little of itself is told to be dense there, denser than the truth.
 *
 * @param variance {@code s²}, of one direction off the surface
 * @param codimension {@code D − d}
 */
public record Thickness(double variance, int codimension) {

  /** By maximum likelihood: {@code s² = E δ²/(D−d)}. */
  public static Thickness of(double[] distances, int codimension) {
    double sum = 0;
    for (double distance : distances) {
      sum += distance * distance;
    }
    return new Thickness(sum / distances.length / codimension, codimension);
  }

  /** Mean log-density of the noise, to be added to that on the surface. */
  public double meanLogDensity(double[] distances) {
    double squared = 0;
    for (double distance : distances) {
      squared += distance * distance;
    }
    return -0.5 * codimension * Math.log(2 * Math.PI * variance)
        - squared / distances.length / (2 * variance);
  }
}
