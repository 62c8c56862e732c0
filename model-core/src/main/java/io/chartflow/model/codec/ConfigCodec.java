package io.chartflow.model.codec;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.ConfigText;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;

/** The configuration inside an atlas or a trainer's state. */
final class ConfigCodec {

  /** What a model did before there was a setting for it. */
  private static final AtlasConfig MISSING =
      AtlasConfig.defaults(1).withAdaptation(new AdaptationConfig(0, 0, 0, 0, 0));

  private ConfigCodec() {}

  /** Since format version 2: the text of {@link ConfigText} behind its length. */
  static void put(Encoder out, AtlasConfig config) {
    out.putString(ConfigText.write(config));
  }

  static AtlasConfig get(Decoder in) {
    return in.version() == 1 ? getVersion1(in) : ConfigText.read(in.getString(), MISSING);
  }

  private static AtlasConfig getVersion1(Decoder in) {
    int dimension = in.getInt();
    ChartsConfig charts = new ChartsConfig(in.getInt(), in.getInt(), in.getDouble());
    QuantizerConfig quantizer =
        new QuantizerConfig(in.getInt(), in.getInt(), in.getDouble(), in.getDouble());
    FlowConfig flow = FlowConfig.realNvp(in.getInt(), in.getInt(), in.getDouble());
    TrainingConfig training =
        new TrainingConfig(
            in.getInt(),
            in.getInt(),
            in.getDouble(),
            in.getDouble(),
            in.getDouble(),
            in.getDouble(),
            in.getDouble(),
            in.getInt(),
            in.getDouble(),
            in.getInt());
    return new AtlasConfig(dimension, charts, quantizer, flow, training, in.getLong())
        .withAdaptation(MISSING.adaptation());
  }
}
