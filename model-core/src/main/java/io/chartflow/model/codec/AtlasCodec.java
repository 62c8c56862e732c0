package io.chartflow.model.codec;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.PValues;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Atlas to bytes and back, bit for bit. Big-endian; magic {@code CHFA}, format version, manifest,
 * configuration, arrays, CRC-32C.
 */
public final class AtlasCodec {

  private static final int MAGIC = 0x43484641; // CHFA

  /**
   * Version 1: RealNVP couplings after a chart affine; standardiser per feature. Version 2: the
   * configuration by the names of its settings; transforms of the features; p-values.
   */
  private static final int VERSION = 2;

  private AtlasCodec() {}

  /** The bytes of an atlas; equal atlases give equal bytes. */
  public static byte[] encode(Atlas atlas) {
    Encoder out = new Encoder(MAGIC, VERSION);
    putManifest(out, atlas.manifest());
    ConfigCodec.put(out, atlas.config());
    FeatureCodec.put(out, atlas.features());
    out.putFloats(atlas.quantizerWeights());
    out.putFloats(atlas.codes());
    out.putFloats(atlas.coverage());
    out.putFloats(atlas.chartMeans());
    out.putFloats(atlas.chartVariances());
    out.putFloats(atlas.flowWeights());
    out.putFloats(atlas.z());
    out.putFloats(atlas.zError());
    out.putBytes(atlas.pValues().bytes());
    return out.finish();
  }

  /**
   * The atlas of the bytes.
   *
   * @throws CodecException if they are not those of an atlas of a known version, whole
   */
  public static Atlas decode(byte[] bytes) {
    return Decoder.decode(
        bytes,
        "an atlas",
        MAGIC,
        VERSION,
        in ->
            new Atlas(
                getManifest(in),
                ConfigCodec.get(in),
                FeatureCodec.get(in),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.getFloats(),
                in.version() == 1 ? PValues.EMPTY : PValues.of(in.getBytes())));
  }

  private static void putManifest(Encoder out, AtlasManifest manifest) {
    out.putLong(manifest.version());
    out.putLong(manifest.parent());
    out.putString(manifest.configHash());
    out.putLong(manifest.events());
    out.putLong(manifest.steps());
    out.putInt(manifest.positions().size());
    for (Map.Entry<String, Long> position : manifest.positions().entrySet()) {
      out.putString(position.getKey());
      out.putLong(position.getValue());
    }
    out.putLong(manifest.eventTimeMillis());
    out.putDouble(manifest.prequentialLogLikelihood());
    out.putInt(manifest.usedCharts());
  }

  private static AtlasManifest getManifest(Decoder in) {
    long version = in.getLong();
    long parent = in.getLong();
    String hash = in.getString();
    long events = in.getLong();
    long steps = in.getLong();
    int partitions = in.getInt();
    SortedMap<String, Long> positions = new TreeMap<>();
    for (int i = 0; i < partitions; i++) {
      positions.put(in.getString(), in.getLong());
    }
    return new AtlasManifest(
        version, parent, hash, events, steps, positions, in.getLong(), in.getDouble(), in.getInt());
  }
}
