package io.chartflow.model.codec;

import io.chartflow.model.atlas.Atlas;

/** Atlas to bytes and back. */
public final class AtlasCodec {

  private AtlasCodec() {}

  /** The bytes of an atlas. */
  public static byte[] encode(Atlas atlas) {
    throw new CodecException("the codec of " + atlas.manifest() + " is being built");
  }

  /** The atlas of the bytes. */
  public static Atlas decode(byte[] bytes) {
    throw new CodecException("the codec of " + bytes.length + " bytes is being built");
  }
}
