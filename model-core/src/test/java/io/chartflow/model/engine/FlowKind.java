package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Every kind of model, small: what is a law for one is a law for all. A trained atlas of each is
 * made once for all tests of a run.
 */
@SuppressWarnings("ImmutableEnumChecker") // configurations are records of values
public enum FlowKind {
  COUPLING,
  SPLINE_COUPLING("chart-affine, spline-coupling×2"),
  MAF("chart-affine, maf×2"),
  IAF("chart-affine, iaf×2"),
  ROTATION("chart-affine, rotation + coupling×2"),
  LU("chart-affine, lu + coupling×2"),
  PERMUTATION("chart-affine, coupling, permutation, coupling"),
  ALL_LAYERS("lu, spline-coupling, rotation, maf"),
  BALL(BaseKind.BALL),
  ASINH(MarginalKind.ASINH, MarginalKind.ASINH),
  SPLINE_MARGINAL(MarginalKind.SPLINE, MarginalKind.NONE),
  HARD_PARTITION(new ChartsConfig(8, 1, 0)),
  SINGLE_CHART(ChartsConfig.single());

  private static final int PLANE_BATCHES = 400;
  private static final int SPHERE_BATCHES = 1200;

  private static final Map<FlowKind, Atlas> ON_PLANE = new EnumMap<>(FlowKind.class);
  private static final Map<FlowKind, Atlas> ON_SPHERE = new EnumMap<>(FlowKind.class);

  private final AtlasConfig base = Small.config(2);
  private final AtlasConfig config;

  FlowKind() {
    this.config = base;
  }

  FlowKind(String layers) {
    this.config = base.withFlow(base.flow().withLayers(layers));
  }

  FlowKind(BaseKind kind) {
    FlowConfig flow = base.flow();
    this.config =
        base.withFlow(
            new FlowConfig(flow.layers(), flow.width(), flow.maxLogScale(), flow.bins(), kind));
  }

  FlowKind(MarginalKind... marginals) {
    this.config = base.withMarginals(List.of(marginals));
  }

  FlowKind(ChartsConfig charts) {
    this.config = base.withCharts(charts);
  }

  /** Of events in two dimensions. */
  public AtlasConfig plane() {
    return config;
  }

  /** Whether the kind can be one of surfaces: there are no transforms of features on them. */
  public boolean embeds() {
    return config.marginals().isEmpty();
  }

  /** Of events in three dimensions on surfaces of two. */
  public AtlasConfig sphere() {
    return Small.config(3)
        .withEmbedding(EmbeddingConfig.of(2))
        .withFlow(config.flow())
        .withCharts(config.charts());
  }

  /** Learned from {@link Small#ring}. */
  public synchronized Atlas onPlane() {
    return ON_PLANE.computeIfAbsent(
        this, kind -> Small.atlas(Small.trainedOnRing(kind.plane(), PLANE_BATCHES)));
  }

  /** Learned from {@link Sphere#events}. */
  public synchronized Atlas onSphere() {
    return ON_SPHERE.computeIfAbsent(
        this, kind -> Small.atlas(trainedOnSphere(kind.sphere(), SPHERE_BATCHES)));
  }

  /** The trained atlases of this kind and what they learned from. */
  List<Learned> learned() {
    Learned plane = new Learned(this + " on the plane", onPlane(), Small::ring);
    return embeds()
        ? List.of(plane, new Learned(this + " on the sphere", onSphere(), Sphere::events))
        : List.of(plane);
  }

  /** Every atlas of every kind. */
  static Stream<Learned> all() {
    return Arrays.stream(values()).flatMap(kind -> kind.learned().stream());
  }

  /**
   * @param name says which one it is
   * @param atlas after training
   * @param stream draws so many events
   */
  record Learned(String name, Atlas atlas, BiFunction<Integer, SplitMix, EventBatch> stream) {

    EventBatch events(int count, long seed) {
      return stream.apply(count, new SplitMix(seed));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A trainer after this many batches of the sphere. */
  public static AtlasTrainer trainedOnSphere(AtlasConfig config, int batches) {
    AtlasTrainer trainer = new JvmEngine().trainer(config);
    SplitMix random = new SplitMix(78);
    for (int i = 0; i < batches; i++) {
      trainer.train(Sphere.events(Small.BATCH, random));
    }
    return trainer;
  }
}
