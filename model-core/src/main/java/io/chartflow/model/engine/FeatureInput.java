package io.chartflow.model.engine;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.TrainerState.FeatureState;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.marginal.FeatureFit;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.marginal.FirstEvents;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/**
 * How events enter a learner: the first ones fit a {@link FeatureMap}, which is then frozen, and
 * all later ones pass through it. If a stream moves so far away that its events can teach nothing,
 * the map is fitted again.
 */
final class FeatureInput {

  private final AtlasConfig config;
  private FirstEvents first;
  private Optional<FeatureMap> map;
  private final Rows values;
  private double[] logDet = new double[0];

  FeatureInput(AtlasConfig config, FeatureState state) {
    this.config = config;
    this.first = new FirstEvents(state.first());
    this.map = state.map();
    this.values = new Rows(config.dimension());
    fitWhenSeen();
  }

  /** Nothing seen yet. */
  static FeatureState fresh(AtlasConfig config) {
    return new FeatureState(fresh(config, config.dimension()).state(), Optional.empty());
  }

  private static FirstEvents fresh(AtlasConfig config, int dimension) {
    return new FirstEvents(dimension, SplitMix.forStream(config.seed(), 8).state());
  }

  /** The map; empty while the first events are seen. */
  Optional<FeatureMap> map() {
    return map;
  }

  /** Sees a batch of first events. */
  void see(EventBatch batch) {
    first.update(batch.values(), batch.size());
    fitWhenSeen();
  }

  /**
   * Watches for events of other units.
   *
   * @param elsewhere whether most events of the batch are too far out to teach
   * @return whether the map was fitted again, to as many such events as a first fit takes
   */
  boolean refit(EventBatch batch, boolean elsewhere) {
    if (!elsewhere) {
      if (first.count() > 0) {
        first = fresh(config, config.dimension());
      }
      return false;
    }
    first.update(batch.values(), batch.size());
    if (first.count() < config.training().standardiserEvents()) {
      return false;
    }
    fit();
    return true;
  }

  private void fitWhenSeen() {
    if (map.isEmpty() && first.count() >= config.training().standardiserEvents()) {
      fit();
    }
  }

  private void fit() {
    map = Optional.of(FeatureFit.fit(first, config.marginalKinds(), config.latentDimension()));
    first = fresh(config, config.dimension()); // they have done their part
  }

  /** The events that have every feature: the batch itself if all have. */
  static EventBatch withoutGaps(EventBatch batch) {
    int gaps = 0;
    for (int i = 0; i < batch.size(); i++) {
      gaps += batch.hasGap(i) ? 1 : 0;
    }
    if (gaps == 0) {
      return batch;
    }
    EventBatch whole = new EventBatch(batch.size() - gaps, batch.dimension());
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.hasGap(i)) {
        whole.add(batch.values(), i * batch.dimension());
      }
    }
    return whole;
  }

  /** The batch in the units of the model; a view that holds until the next call. */
  Matrix apply(FeatureMap to, EventBatch batch) {
    if (logDet.length < batch.size()) {
      logDet = new double[batch.size()];
    }
    Matrix x = values.top(batch.size());
    to.apply(batch.values(), batch.size(), x, logDet);
    return x;
  }

  /** {@code log|det J|} of the map at row {@code i} of the batch that was mapped last. */
  double logDet(int i) {
    return logDet[i];
  }

  FeatureState state() {
    return new FeatureState(first.state(), map);
  }
}
