package io.chartflow.model.codec;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.engine.TrainerState.FeatureState;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.marginal.FirstEvents;
import io.chartflow.model.marginal.FirstEventsState;
import io.chartflow.model.marginal.Marginal;
import io.chartflow.model.online.Standardiser;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The map from the units of the input, in an atlas and in a trainer's state. */
final class FeatureCodec {

  /** The floor on σ of format version 1, relative to the mean. */
  private static final double FLOOR = 1e-9;

  private FeatureCodec() {}

  static void put(Encoder out, FeatureMap map) {
    out.putDoubles(map.standardiser().mean());
    out.putDoubles(map.standardiser().scale());
    out.putInt(map.latents());
    out.putInt(map.marginals().size());
    for (Marginal marginal : map.marginals()) {
      out.putString(marginal.kind().name().toLowerCase(Locale.ROOT));
      out.putDoubles(marginal.parameters());
    }
  }

  /** Since version 2; in version 1 an atlas had mean and scale alone. */
  static FeatureMap get(Decoder in) {
    Standardiser standardiser = new Standardiser(in.getDoubles(), in.getDoubles());
    if (in.version() == 1) {
      return FeatureMap.of(standardiser, standardiser.mean().size());
    }
    int latents = in.getInt();
    List<Marginal> marginals = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      MarginalKind kind = MarginalKind.valueOf(in.getString().toUpperCase(Locale.ROOT));
      marginals.add(Marginal.of(kind, in.getDoubles()));
    }
    return new FeatureMap(marginals, standardiser, latents);
  }

  static void put(Encoder out, FeatureState state) {
    out.putInt(state.first().dimension());
    out.putLong(state.first().count());
    out.putLong(state.first().random());
    out.putDoubles(state.first().rows());
    out.putInt(state.map().isPresent() ? 1 : 0);
    state.map().ifPresent(map -> put(out, map));
  }

  static FeatureState getState(Decoder in, AtlasConfig config) {
    if (in.version() == 1) {
      return getVersion1(in, config);
    }
    FirstEventsState first =
        new FirstEventsState(in.getInt(), in.getLong(), in.getLong(), in.getDoubles());
    return new FeatureState(first, in.getInt() == 0 ? Optional.empty() : Optional.of(get(in)));
  }

  /**
   * Version 1 had count, mean and sum of squared deviations. Where the first events were not all
   * seen, they are seen anew: their values were not kept.
   */
  private static FeatureState getVersion1(Decoder in, AtlasConfig config) {
    long count = in.getLong();
    Doubles mean = in.getDoubles();
    Doubles squares = in.getDoubles();
    FirstEvents none =
        new FirstEvents(config.dimension(), SplitMix.forStream(config.seed(), 8).state());
    if (count < config.training().standardiserEvents()) {
      return new FeatureState(none.state(), Optional.empty());
    }
    double[] scale = new double[mean.size()];
    for (int j = 0; j < scale.length; j++) {
      double deviation = Math.sqrt(squares.get(j) / Math.max(1, count - 1));
      scale[j] = Math.max(deviation, FLOOR * Math.max(1, Math.abs(mean.get(j))));
    }
    Standardiser standardiser = new Standardiser(mean, Doubles.copyOf(scale));
    return new FeatureState(
        none.state(), Optional.of(FeatureMap.of(standardiser, config.dimension())));
  }
}
