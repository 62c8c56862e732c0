package io.chartflow.model.codec;

import io.chartflow.model.engine.TrainerState;

/** Trainer state to bytes and back. */
public final class TrainerStateCodec {

  private TrainerStateCodec() {}

  /** The bytes of a state. */
  public static byte[] encode(TrainerState state) {
    throw new CodecException("the codec of " + state.config() + " is being built");
  }

  /** The state of the bytes. */
  public static TrainerState decode(byte[] bytes) {
    throw new CodecException("the codec of " + bytes.length + " bytes is being built");
  }
}
