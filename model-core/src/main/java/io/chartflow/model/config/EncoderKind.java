package io.chartflow.model.config;

/** What places an event among the codes. */
public enum EncoderKind {
  /** The encoder of the vector-quantised auto-encoder. */
  NETWORK,
  /** The standardised event itself: the codebook is online k-means in the space of the data. */
  IDENTITY
}
