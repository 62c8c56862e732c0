package io.chartflow.ops.http;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsRecord;
import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.ChartMass;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Windows of a stream that is being learned: no atlas, then warm-up, then better and better. */
final class SyntheticWindows {

  private static final long LENGTH = 10_000;
  private static final int CHARTS = 64;

  private SyntheticWindows() {}

  /** So many windows that end now; the last is still open. */
  static List<StatisticsRecord> of(int count, long now, boolean pValues) {
    Random random = new Random(11);
    long first = now / LENGTH * LENGTH - (count - 1) * LENGTH;
    double[] weights = random.doubles(CHARTS).map(u -> -Math.log(u)).toArray();
    for (int k = 0; k < 7; k++) {
      weights[random.nextInt(CHARTS)] = 0;
    }
    List<StatisticsRecord> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean complete = i < count - 1;
      long events = (long) (118_000 + 9_000 * Math.sin(i / 9.0) + 2_500 * random.nextGaussian());
      windows.add(
          window(
              i,
              first + i * LENGTH,
              complete ? events : events / 3,
              complete,
              weights,
              random,
              pValues));
    }
    return windows;
  }

  private static StatisticsRecord window(
      int i,
      long start,
      long events,
      boolean complete,
      double[] weights,
      Random random,
      boolean pValues) {
    boolean scored = i >= 2;
    DensityStatus status =
        i < 2 ? DensityStatus.NO_ATLAS : i < 5 ? DensityStatus.WARMUP : DensityStatus.OK;
    double drop = i > 70 && i < 78 ? 0.9 : 0;
    double mean = -0.15 - 2.2 * Math.exp(-(i - 2) / 11.0) - drop + 0.02 * random.nextGaussian();
    long version = 1 + Math.max(0, i - 2) / 3;
    return new StatisticsRecord(
        start,
        start + LENGTH,
        complete,
        events,
        start + (complete ? LENGTH - 1 : LENGTH / 3),
        Map.of(status, events),
        scored ? logDensity(events, mean, drop, random) : null,
        scored && pValues ? new PValues(events, 0.098 + drop / 4, 0.0104 + drop / 9, 0.0011) : null,
        scored ? charts(weights, random) : List.of(),
        scored
            ? new AtlasAge(version, version * 350_000, 4_000L + i % 3 * 10_000L, i % 3 * events)
            : null,
        scored ? 0.0 : null,
        scored && pValues ? Math.round(events * (0.001 + drop / 60)) : null,
        i >= 8 && pValues ? Math.round(events * (0.005 + drop / 30)) : null,
        events / 900);
  }

  private static LogDensity logDensity(long events, double mean, double drop, Random random) {
    double wild = 6 + 3 * random.nextDouble();
    return new LogDensity(
        events,
        mean,
        mean - 40,
        mean + 2.4,
        mean - 2.6 - wild * drop,
        mean - 1.2 - drop,
        mean + 0.15,
        mean + 1.05,
        mean + 1.6 + 0.05 * random.nextDouble(),
        0.0035);
  }

  private static List<ChartMass> charts(double[] weights, Random random) {
    double[] now = new double[weights.length];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      now[k] = weights[k] * (1 + 0.08 * random.nextGaussian());
      sum += now[k];
    }
    List<ChartMass> charts = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      if (now[k] > 0) {
        charts.add(new ChartMass(k, now[k] / sum));
      }
    }
    return charts;
  }
}
