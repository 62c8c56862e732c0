package io.chartflow.bench.engine;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.LayerKind;
import io.chartflow.model.config.TrainingConfig;

/**
 * The size of a model; everything else is the default.
 *
 * @param dimension D, features of an event
 * @param width units of each hidden layer of a coupling's network
 * @param charts K
 * @param couplings L
 * @param layer what stands for a coupling, as a configuration names it
 */
public record Shape(int dimension, int width, int charts, int couplings, String layer) {

  /** Couplings of the default model. */
  public static final int COUPLINGS = 5;

  private static final String COUPLING = LayerKind.COUPLING.text();
  private static final double CHARTS_AN_EVENT = 2.5;
  private static final double ASSUMED_FLOPS = 50e9;
  private static final double ASSUMED_ROWS = 60_000;
  private static final int STEPS_BEFORE_FLOWS = 20;

  /** A shape of affine couplings. */
  public Shape(int dimension, int width, int charts, int couplings) {
    this(dimension, width, charts, couplings, COUPLING);
  }

  /** A shape with the default number of couplings. */
  public static Shape of(int dimension, int width, int charts) {
    return new Shape(dimension, width, charts, COUPLINGS);
  }

  /**
   * The shape of a name.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Shape parse(String name) {
    if (!name.matches("\\d{1,5}x\\d{1,5}x\\d{1,5}(x\\d{1,3})?(-[a-z-]+)?")) {
      throw new IllegalArgumentException(
          "expected a shape as dimension x width x charts, for instance 3x64x64, got " + name);
    }
    String[] sizesAndLayer = name.split("-", 2);
    String[] parts = sizesAndLayer[0].split("x", -1);
    String layer = sizesAndLayer.length == 2 ? sizesAndLayer[1] : COUPLING;
    int couplings = parts.length == 4 ? Integer.parseInt(parts[3]) : COUPLINGS;
    return new Shape(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        couplings,
        layer);
  }

  /** For instance {@code 3x64x64}; couplings and layer follow where they are not the default. */
  public String name() {
    String plain = dimension + "x" + width + "x" + charts;
    String sizes = couplings == COUPLINGS ? plain : plain + "x" + couplings;
    return layer.equals(COUPLING) ? sizes : sizes + "-" + layer;
  }

  /**
   * The default model of this size, its delays cut short. Drift is not watched for: a model so
   * young would be taken for a changed world at times, and then measure {@code Z_k} more often.
   */
  public AtlasConfig config(int batch) {
    AtlasConfig defaults = AtlasConfig.defaults(dimension);
    ChartsConfig cover = defaults.charts();
    TrainingConfig training = defaults.training();
    AdaptationConfig watched = defaults.adaptation();
    return defaults
        .withAdaptation(
            new AdaptationConfig(
                0,
                watched.halfLife(),
                watched.replayEvents(),
                watched.replayShare(),
                watched.guard()))
        .withFlow(
            FlowConfig.realNvp(1, width, defaults.flow().maxLogScale())
                .withLayers("chart-affine, " + layer + "×" + couplings))
        .withTraining(
            new TrainingConfig(
                batch,
                2 * batch,
                training.learningRate(),
                training.rateHalving(),
                training.weightAverage(),
                training.gradientClip(),
                training.chartLearningRate(),
                STEPS_BEFORE_FLOWS,
                training.chartRateFloor(),
                STEPS_BEFORE_FLOWS))
        .withCharts(new ChartsConfig(charts, cover.m(), cover.epsilon()));
  }

  /**
   * Steps that take about this long, by a rough guess: every contender makes the same ones. At
   * least {@code least}, and a multiple of it.
   */
  public int steps(Work work, int batch, double seconds, int least) {
    double network =
        (double) dimension / 2 * width + (double) width * width + (double) width * dimension;
    double flops = 6 * CHARTS_AN_EVENT * couplings * network;
    double rows = seconds * Math.min(ASSUMED_ROWS, ASSUMED_FLOPS / flops) * work.ease();
    return least * (int) Math.max(1, Math.round(rows / batch / least));
  }
}
