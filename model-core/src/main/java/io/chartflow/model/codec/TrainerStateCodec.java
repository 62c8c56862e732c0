package io.chartflow.model.codec;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.TrainerState;
import io.chartflow.model.engine.TrainerState.FlowState;
import io.chartflow.model.engine.TrainerState.Progress;
import io.chartflow.model.engine.TrainerState.QuantizerState;
import io.chartflow.model.engine.TrainerState.ReplayState;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.nn.Adam.AdamState;
import io.chartflow.model.online.MovingMean.MeanState;
import io.chartflow.model.vq.ChartStatistics.ChartState;
import io.chartflow.model.vq.Codebook.CodebookState;

/**
 * A learner's state to bytes and back, bit for bit. Big-endian; magic {@code CHFT}, format version,
 * configuration, counters, arrays, CRC-32C.
 */
public final class TrainerStateCodec {

  private static final int MAGIC = 0x43484654; // CHFT

  /** Versions as those of {@link AtlasCodec}: the state of the JVM engine's learner. */
  private static final int VERSION = 2;

  private TrainerStateCodec() {}

  /** The bytes of a state; equal states give equal bytes. */
  public static byte[] encode(TrainerState state) {
    Encoder out = new Encoder(MAGIC, VERSION);
    ConfigCodec.put(out, state.config());
    Progress progress = state.progress();
    out.putLong(progress.events());
    out.putLong(progress.steps());
    out.putLong(progress.flowSteps());
    out.putLong(progress.refused());
    out.putLong(progress.random());
    out.putDouble(progress.prequential().sum());
    out.putDouble(progress.prequential().weight());
    ClockCodec.put(out, progress.clock());
    FeatureCodec.put(out, state.features());
    QuantizerState quantizer = state.quantizer();
    out.putFloats(quantizer.weights());
    putAdam(out, quantizer.adam());
    out.putFloats(quantizer.codebook().codes());
    out.putFloats(quantizer.codebook().counts());
    out.putFloats(quantizer.codebook().sums());
    out.putFloats(quantizer.charts().coverage());
    out.putFloats(quantizer.charts().means());
    out.putFloats(quantizer.charts().variances());
    out.putFloats(quantizer.charts().fresh());
    out.putFloats(state.flow().weights());
    out.putFloats(state.flow().averaged());
    putAdam(out, state.flow().adam());
    out.putFloats(state.flow().z());
    CalibrationCodec.put(out, state.calibration());
    out.putLong(state.replay().count());
    out.putFloats(state.replay().rows());
    return out.finish();
  }

  /**
   * The state of the bytes.
   *
   * @throws CodecException if they are not those of a state of a known version, whole
   */
  public static TrainerState decode(byte[] bytes) {
    return Decoder.decode(bytes, "a trainer's state", MAGIC, VERSION, TrainerStateCodec::get);
  }

  private static TrainerState get(Decoder in) {
    AtlasConfig config = ConfigCodec.get(in);
    return new TrainerState(
        config,
        getProgress(in),
        FeatureCodec.getState(in, config),
        new QuantizerState(
            in.getFloats(),
            getAdam(in),
            new CodebookState(in.getFloats(), in.getFloats(), in.getFloats()),
            new ChartState(in.getFloats(), in.getFloats(), in.getFloats(), in.getFloats())),
        new FlowState(
            in.getFloats(),
            in.getFloats(),
            getAdam(in),
            in.version() == 1 ? ones(config.charts().count()) : in.getFloats()),
        CalibrationCodec.get(in, config),
        in.version() == 1 ? ReplayState.EMPTY : new ReplayState(in.getLong(), in.getFloats()));
  }

  private static Progress getProgress(Decoder in) {
    long events = in.getLong();
    long steps = in.getLong();
    long flowSteps = in.getLong();
    return new Progress(
        events,
        steps,
        flowSteps,
        in.getLong(),
        in.getLong(),
        new MeanState(in.getDouble(), in.getDouble()),
        ClockCodec.get(in, steps, flowSteps));
  }

  private static Floats ones(int count) {
    float[] ones = new float[count];
    java.util.Arrays.fill(ones, 1f);
    return Floats.copyOf(ones);
  }

  private static void putAdam(Encoder out, AdamState adam) {
    out.putLong(adam.steps());
    out.putFloats(adam.m());
    out.putFloats(adam.v());
  }

  private static AdamState getAdam(Decoder in) {
    return new AdamState(in.getLong(), in.getFloats(), in.getFloats());
  }
}
