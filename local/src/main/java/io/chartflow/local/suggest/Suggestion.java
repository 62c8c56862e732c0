package io.chartflow.local.suggest;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.marginal.FeatureFit;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.marginal.FirstEvents;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a schema should say about one field, and why. A transform is suggested where it raises the
 * log-density of a Gaussian, on a half of the values that it was not fitted to, by more than
 * {@value #WORTHWHILE} nats; of two such the simpler one, unless the other is that much better.
 *
 * @param name of the field
 * @param resolution step in which it is measured, 0 if it is continuous
 * @param transform before the standardiser
 * @param missing share of the records that lack it
 * @param least smallest value seen
 * @param greatest largest value seen
 * @param reasons one sentence each
 */
public record Suggestion(
    String name,
    double resolution,
    MarginalKind transform,
    double missing,
    double least,
    double greatest,
    List<String> reasons) {

  static final double WORTHWHILE = 0.05;

  private static final int FEWEST = 32;

  /** Copies the reasons. */
  public Suggestion {
    reasons = List.copyOf(reasons);
  }

  /**
   * The suggestion for a column.
   *
   * @throws IllegalArgumentException if it holds fewer than {@value #FEWEST} numbers
   */
  public static Suggestion of(Column column) {
    double[] values = column.values();
    if (values.length < FEWEST) {
      throw new IllegalArgumentException(
          "field \"%s\": expected at least %d numbers to judge by, got %d"
              .formatted(column.name(), FEWEST, values.length));
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double step = Grid.step(sorted).orElse(0);
    List<String> reasons = new ArrayList<>();
    if (step > 0) {
      reasons.add(text("measured in steps of %.6g: dequantised", step));
    }
    if (sorted[0] == sorted[sorted.length - 1]) {
      reasons.add("always the same: leave it out, it says nothing");
    }
    MarginalKind transform = transform(values, step, reasons);
    if (column.missingShare() > 0) {
      reasons.add(text("missing in %.2f %% of the records", 100 * column.missingShare()));
    }
    return new Suggestion(
        column.name(),
        step,
        transform,
        column.missingShare(),
        sorted[0],
        sorted[sorted.length - 1],
        reasons);
  }

  private static MarginalKind transform(double[] values, double step, List<String> reasons) {
    double[] smooth = dequantised(values, step);
    double none = meanLogDensity(MarginalKind.NONE, smooth);
    double highest = none;
    MarginalKind best = MarginalKind.NONE;
    for (MarginalKind kind : List.of(MarginalKind.ASINH, MarginalKind.SPLINE)) {
      double reached = meanLogDensity(kind, smooth);
      if (reached > highest + WORTHWHILE) {
        best = kind;
        highest = reached;
      }
    }
    if (best != MarginalKind.NONE) {
      String name = best.name().toLowerCase(Locale.ROOT);
      reasons.add(text("%s is %.2f nats closer to a Gaussian", name, highest - none));
    }
    return best;
  }

  private static double[] dequantised(double[] values, double step) {
    SplitMix random = new SplitMix(values.length);
    return Arrays.stream(values).map(x -> x + step * (random.nextDouble() - 0.5)).toArray();
  }

  /** Fitted to every other value, judged on those between. */
  private static double meanLogDensity(MarginalKind kind, double[] values) {
    FirstEvents first = new FirstEvents(1, 1);
    double[] one = new double[1];
    for (int i = 0; i < values.length; i += 2) {
      one[0] = values[i];
      first.update(one, 1);
    }
    FeatureMap map = FeatureFit.fit(first, List.of(kind), 1);
    double[] logDet = new double[1];
    Matrix out = Matrix.zeros(1, 1);
    double sum = 0;
    for (int i = 1; i < values.length; i += 2) {
      one[0] = values[i];
      map.apply(one, 1, out, logDet);
      double z = out.get(0, 0);
      sum += logDet[0] - 0.5 * (z * z + Math.log(2 * Math.PI));
    }
    return sum / (values.length / 2.0);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
