package io.chartflow.model.codec;

import io.chartflow.model.engine.TrainerState.Clock;
import io.chartflow.model.online.DriftWatch.DriftState;
import io.chartflow.model.online.DriftWatch.SideState;

/** The clock inside a trainer's state; in format version 1 it was the number of steps. */
final class ClockCodec {

  private ClockCodec() {}

  static void put(Encoder out, Clock clock) {
    out.putLong(clock.charts());
    out.putLong(clock.flows());
    out.putLong(clock.openings());
    out.putLong(clock.drift().batches());
    put(out, clock.drift().likelihood());
    put(out, clock.drift().reconstruction());
  }

  private static void put(Encoder out, SideState side) {
    out.putDouble(side.level());
    out.putDouble(side.variance());
    out.putDouble(side.weight());
    out.putDouble(side.sum());
  }

  static Clock get(Decoder in, long steps, long flowSteps) {
    if (in.version() == 1) {
      return new Clock(steps, flowSteps, 0, DriftState.FRESH);
    }
    return new Clock(
        in.getLong(), in.getLong(), in.getLong(), new DriftState(in.getLong(), side(in), side(in)));
  }

  private static SideState side(Decoder in) {
    return new SideState(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble());
  }
}
