package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A {@link WindowPartial} as bytes, for state stores and for the topic between the two halves of
 * the monitor. Big-endian; begins with {@link #MAGIC} and the version.
 *
 * <ul>
 *   <li>Version 1: statuses by name, the sketch in its library's format, sums, charts, versions.
 *   <li>Version 2: log-densities as {@link LogDensityCodec} writes them in place of the sketch and
 *       their sum; and at the end five counts: records that told whether they are anomalies, those
 *       that are, the same two of guarded records, and incomplete records. Of version 1 they are 0.
 * </ul>
 */
final class PartialCodec {

  private static final int MAGIC = 0x4346_5031; // "CFP1"
  private static final int VERSION = 2;

  private PartialCodec() {}

  static byte[] encode(WindowPartial partial) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      write(partial, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static WindowPartial decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int magic = in.readInt();
      if (magic != MAGIC) {
        throw new IllegalArgumentException(
            "window partial: expected magic 0x%08x, got 0x%08x".formatted(MAGIC, magic));
      }
      int version = in.readByte();
      if (version < 1 || version > VERSION) {
        throw new IllegalArgumentException(
            "window partial: this build reads versions 1 and 2, got " + version);
      }
      WindowPartial partial = read(in, version);
      if (version > 1) {
        readAlarms(partial.alarms, in);
      }
      return partial;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "window partial: " + bytes.length + " bytes end too early", e);
    }
  }

  private static void write(WindowPartial partial, DataOutputStream out) throws IOException {
    out.writeInt(partial.statuses.size());
    for (Map.Entry<DensityStatus, Long> entry : partial.statuses.entrySet()) {
      out.writeUTF(entry.getKey().name());
      out.writeLong(entry.getValue());
    }
    LogDensityCodec.write(partial.logDensities, out);
    out.writeLong(partial.pValues.count);
    out.writeLong(partial.pValues.below10);
    out.writeLong(partial.pValues.below1);
    out.writeLong(partial.pValues.below01);
    out.writeLong(partial.posteriors);
    out.writeLong(partial.inSampleKnown);
    out.writeLong(partial.inSample);
    out.writeLong(partial.lastEventTime);
    out.writeInt(partial.chartMass.size());
    for (Map.Entry<Integer, Double> entry : partial.chartMass.entrySet()) {
      out.writeInt(entry.getKey());
      out.writeDouble(entry.getValue());
    }
    out.writeInt(partial.versions.size());
    for (Map.Entry<Long, VersionUse> entry : partial.versions.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeLong(entry.getValue().events());
      out.writeLong(entry.getValue().eventTime());
      out.writeLong(entry.getValue().fresh());
    }
    out.writeLong(partial.alarms.judged);
    out.writeLong(partial.alarms.anomalies);
    out.writeLong(partial.alarms.guardJudged);
    out.writeLong(partial.alarms.guarded);
    out.writeLong(partial.alarms.incomplete);
  }

  private static void readAlarms(AlarmCounts alarms, DataInputStream in) throws IOException {
    alarms.judged = in.readLong();
    alarms.anomalies = in.readLong();
    alarms.guardJudged = in.readLong();
    alarms.guarded = in.readLong();
    alarms.incomplete = in.readLong();
  }

  private static WindowPartial read(DataInputStream in, int version) throws IOException {
    WindowPartial partial = new WindowPartial();
    int statuses = in.readInt();
    for (int i = 0; i < statuses; i++) {
      partial.statuses.put(DensityStatus.valueOf(in.readUTF()), in.readLong());
    }
    partial.logDensities =
        version == 1
            ? LogDensityCodec.ofSketch(in.readNBytes(in.readInt()), in.readDouble())
            : LogDensityCodec.read(in);
    partial.pValues.count = in.readLong();
    partial.pValues.below10 = in.readLong();
    partial.pValues.below1 = in.readLong();
    partial.pValues.below01 = in.readLong();
    partial.posteriors = in.readLong();
    partial.inSampleKnown = in.readLong();
    partial.inSample = in.readLong();
    partial.lastEventTime = in.readLong();
    int charts = in.readInt();
    for (int i = 0; i < charts; i++) {
      partial.chartMass.put(in.readInt(), in.readDouble());
    }
    int versions = in.readInt();
    for (int i = 0; i < versions; i++) {
      partial.addVersion(
          in.readLong(), new VersionUse(in.readLong(), in.readLong(), in.readLong()));
    }
    return partial;
  }
}
