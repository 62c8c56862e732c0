package io.chartflow.local.demo;

/** A demo that could not go on; the message says which part stands still and why. */
public final class DemoFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure with its diagnosis. */
  public DemoFailure(String message) {
    super(message);
  }
}
