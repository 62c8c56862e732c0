package io.chartflow.model.codec;

import io.chartflow.model.calibration.CalibratorState;
import io.chartflow.model.calibration.GuardState;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.TrainerState.CalibrationState;
import java.util.Optional;

/** The calibration inside a trainer's state; format version 1 had none. */
final class CalibrationCodec {

  private CalibrationCodec() {}

  static void put(Encoder out, CalibrationState state) {
    out.putInt(state.calibrator().window());
    out.putFloats(state.calibrator().surprisals());
    out.putInt(state.guard().isPresent() ? 1 : 0);
    state.guard().ifPresent(guard -> putGuard(out, guard));
    out.putBytes(state.judgedBy());
    out.putInt(state.batches());
  }

  private static void putGuard(Encoder out, GuardState guard) {
    out.putDouble(guard.level());
    out.putDouble(guard.majority());
    out.putDouble(guard.recent());
    out.putDouble(guard.share());
    out.putDoubles(guard.allowances());
    out.putBytes(guard.reference());
    out.putInt(guard.open() ? 1 : 0);
  }

  static CalibrationState get(Decoder in, AtlasConfig config) {
    if (in.version() == 1) {
      return CalibrationState.fresh(config);
    }
    CalibratorState calibrator = new CalibratorState(in.getInt(), in.getFloats());
    Optional<GuardState> guard = in.getInt() == 0 ? Optional.empty() : Optional.of(getGuard(in));
    return new CalibrationState(calibrator, guard, in.getBytes(), in.getInt());
  }

  private static GuardState getGuard(Decoder in) {
    return new GuardState(
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDoubles(),
        in.getBytes(),
        in.getInt() == 1);
  }
}
