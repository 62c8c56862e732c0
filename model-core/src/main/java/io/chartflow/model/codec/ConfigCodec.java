package io.chartflow.model.codec;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;

/** The configuration inside an atlas or a trainer's state. */
final class ConfigCodec {

  private ConfigCodec() {}

  static void put(Encoder out, AtlasConfig config) {
    out.putInt(config.dimension());
    out.putInt(config.charts().count());
    out.putInt(config.charts().m());
    out.putDouble(config.charts().epsilon());
    out.putInt(config.quantizer().codeDimension());
    out.putInt(config.quantizer().width());
    out.putDouble(config.quantizer().commitmentCost());
    out.putDouble(config.quantizer().decay());
    out.putInt(config.flow().couplings());
    out.putInt(config.flow().width());
    out.putDouble(config.flow().maxLogScale());
    TrainingConfig training = config.training();
    out.putInt(training.batch());
    out.putInt(training.standardiserEvents());
    out.putDouble(training.learningRate());
    out.putDouble(training.rateHalving());
    out.putDouble(training.weightAverage());
    out.putDouble(training.gradientClip());
    out.putDouble(training.chartLearningRate());
    out.putInt(training.chartSettleSteps());
    out.putDouble(training.chartRateFloor());
    out.putInt(training.flowDelay());
    out.putLong(config.seed());
  }

  static AtlasConfig get(Decoder in) {
    int dimension = in.getInt();
    ChartsConfig charts = new ChartsConfig(in.getInt(), in.getInt(), in.getDouble());
    QuantizerConfig quantizer =
        new QuantizerConfig(in.getInt(), in.getInt(), in.getDouble(), in.getDouble());
    FlowConfig flow = new FlowConfig(in.getInt(), in.getInt(), in.getDouble());
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
    return new AtlasConfig(dimension, charts, quantizer, flow, training, in.getLong());
  }
}
