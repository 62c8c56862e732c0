package io.chartflow.model.codec;

/** Bytes that are not an atlas or a trainer's state: what was expected, what came and where. */
public final class CodecException extends RuntimeException {

  /** A failure with its message. */
  public CodecException(String message) {
    super(message);
  }
}
