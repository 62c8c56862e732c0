package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Learned;
import io.chartflow.bench.learn.Scores;
import io.chartflow.bench.learn.Thickness;
import io.chartflow.bench.stats.Bandwidth;
import io.chartflow.bench.stats.GaussianKde;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every number of one run of the paper's experiment. */
final class Measurements {

  static final String TEST = "test_log_likelihood";
  static final String TRUTH = "true_log_likelihood";
  static final String GAP = "gap";
  static final String SAMPLES = "sample_score";
  static final String REAL = "real_score";
  static final String DISTANCE = "off_surface_distance";
  static final String SPACE = "space_log_likelihood";
  static final String SPACE_TRUTH = "space_true_log_likelihood";
  static final String SPACE_GAP = "space_gap";
  static final String Z = "mean_z";
  static final String USED = "charts_used";
  static final String COUNT = "charts";
  static final String SECONDS = "seconds";
  static final String EPOCH = "best_epoch";
  static final String CURVE = "log_likelihood";
  static final String CURVE_AT = "at";

  private static final int SAMPLED = 5000;
  private static final double LEAST_BANDWIDTH = 0.005;
  private static final double LARGEST_BANDWIDTH = 5;

  private Measurements() {}

  /**
   * Tests what was learned.
   *
   * @param fitted the points that the kernel density estimate is made of
   */
  static RunOutcome of(
      AtlasEngine engine, Learned learned, EventBatch fitted, Draws test, long seed) {
    Atlas atlas = learned.atlas();
    Map<String, Double> values = new LinkedHashMap<>();
    double truncated = Scores.mean(engine, atlas, DensitySum.TRUNCATED, test.events());
    values.put(TEST, truncated);
    values.put("test_restricted", Scores.mean(engine, atlas, DensitySum.RESTRICTED, test.events()));
    values.put("test_full", Scores.mean(engine, atlas, DensitySum.FULL, test.events()));
    boolean comparable = !atlas.config().embedding().isPresent();
    double truth = test.trueLogLikelihood().filter(t -> comparable).orElse(Double.NaN);
    values.put(TRUTH, truth);
    values.put(GAP, truth - truncated);
    GaussianKde kde =
        Bandwidth.byLeaveOneOut(
            GaussianKde.isotropic(fitted, 1), LEAST_BANDWIDTH, LARGEST_BANDWIDTH);
    values.put("bandwidth", kde.bandwidth());
    values.put(SAMPLES, kde.meanLogDensity(samples(engine, atlas, seed)));
    values.put(REAL, kde.meanLogDensity(test.events()));
    if (!comparable) {
      values.putAll(offSurface(engine, atlas, fitted, test, truncated));
    }
    values.put(Z, atlas.meanZ());
    values.put(USED, (double) atlas.manifest().usedCharts());
    values.put("refused_steps", (double) learned.refused());
    values.put(EPOCH, (double) learned.epoch());
    values.put(SECONDS, learned.seconds());
    Map<String, List<Double>> curves =
        Map.of(CURVE_AT, learned.at(), CURVE, learned.logLikelihood());
    return new RunOutcome(values, curves, Optional.of(atlas));
  }

  /** What a density on a surface is worth in the space around it. */
  private static Map<String, Double> offSurface(
      AtlasEngine engine, Atlas atlas, EventBatch fitted, Draws test, double onSurface) {
    int codimension = atlas.config().dimension() - atlas.config().latentDimension();
    double[] distances = Scores.distances(engine, atlas, DensitySum.TRUNCATED, test.events());
    Thickness thickness =
        Thickness.of(Scores.distances(engine, atlas, DensitySum.TRUNCATED, fitted), codimension);
    double inSpace = onSurface + thickness.meanLogDensity(distances);
    double truth = test.trueLogLikelihood().orElse(Double.NaN);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(DISTANCE, Scores.mean(distances));
    values.put(SPACE_TRUTH, truth);
    values.put(SPACE, inSpace);
    values.put(SPACE_GAP, truth - inSpace);
    return values;
  }

  private static EventBatch samples(AtlasEngine engine, Atlas atlas, long seed) {
    try (AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED)) {
      return scorer.sample(SAMPLED, seed);
    }
  }
}
