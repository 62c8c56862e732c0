package io.chartflow.jobs.train;

import io.chartflow.connect.event.Event;
import io.chartflow.model.codec.CodecException;
import io.chartflow.model.codec.TrainerStateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link TrainCheckpoint} to bytes and back. Format 1: magic and format, the trainer's own bytes
 * behind their length, then the unfinished batch, positions, event time, progress, version and the
 * versions to retire.
 */
final class TrainCheckpointCodec {

  /** "CFTC". */
  private static final int MAGIC = 0x43465443;

  /** The only format so far. */
  private static final int FORMAT = 1;

  private TrainCheckpointCodec() {}

  /** The bytes of a checkpoint. */
  static byte[] encode(TrainCheckpoint checkpoint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(FORMAT);
      byte[] trainer = TrainerStateCodec.encode(checkpoint.trainer());
      out.writeInt(trainer.length);
      out.write(trainer);
      writeBatch(out, checkpoint.batch());
      out.writeInt(checkpoint.positions().size());
      for (var position : checkpoint.positions().entrySet()) {
        out.writeUTF(position.getKey());
        out.writeLong(position.getValue());
      }
      out.writeLong(checkpoint.eventTimeMillis());
      TrainCheckpoint.Counts progress = checkpoint.progress();
      out.writeLong(progress.steps());
      out.writeLong(progress.events());
      out.writeLong(progress.publishedSteps());
      out.writeLong(progress.publishedEvents());
      out.writeLong(checkpoint.version());
      out.writeInt(checkpoint.published().size());
      for (PublishedVersion published : checkpoint.published()) {
        out.writeLong(published.version());
        out.writeInt(published.chunks());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The checkpoint of the bytes.
   *
   * @throws CodecException if they are no checkpoint of a known format
   */
  static TrainCheckpoint decode(byte[] bytes) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int magic = in.readInt();
      if (magic != MAGIC) {
        throw new CodecException(
            String.format(
                "state of the trainer: expected magic %08x, got %08x in %d bytes",
                MAGIC, magic, bytes.length));
      }
      int format = in.readInt();
      if (format != FORMAT) {
        throw new CodecException(
            "state of the trainer: this build reads format " + FORMAT + ", got " + format);
      }
      return readFormat1(in);
    } catch (EOFException e) {
      throw new CodecException(
          "state of the trainer: expected more than the " + bytes.length + " bytes that came");
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
  }

  private static TrainCheckpoint readFormat1(DataInputStream in) throws IOException {
    byte[] trainer = in.readNBytes(count(in, 1));
    List<Event> batch = readBatch(in);
    SortedMap<String, Long> positions = new TreeMap<>();
    for (int left = count(in, 10); left > 0; left--) {
      positions.put(in.readUTF(), in.readLong());
    }
    long eventTimeMillis = in.readLong();
    TrainCheckpoint.Counts progress =
        new TrainCheckpoint.Counts(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    long version = in.readLong();
    List<PublishedVersion> published = new ArrayList<>();
    for (int left = count(in, 12); left > 0; left--) {
      published.add(new PublishedVersion(in.readLong(), in.readInt()));
    }
    if (in.available() > 0) {
      throw new CodecException("state of the trainer: " + in.available() + " bytes too many");
    }
    return new TrainCheckpoint(
        TrainerStateCodec.decode(trainer),
        batch,
        positions,
        eventTimeMillis,
        progress,
        version,
        published);
  }

  private static void writeBatch(DataOutputStream out, List<Event> batch) throws IOException {
    out.writeInt(batch.size());
    for (Event event : batch) {
      out.writeUTF(event.topic());
      out.writeInt(event.partition());
      out.writeLong(event.offset());
      out.writeLong(event.eventTime());
      double[] values = event.values();
      out.writeInt(values.length);
      for (double value : values) {
        out.writeDouble(value);
      }
    }
  }

  private static List<Event> readBatch(DataInputStream in) throws IOException {
    int size = count(in, 26);
    List<Event> batch = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String topic = in.readUTF();
      int partition = in.readInt();
      long offset = in.readLong();
      long eventTime = in.readLong();
      double[] values = new double[count(in, Double.BYTES)];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readDouble();
      }
      batch.add(new Event(topic, partition, offset, eventTime, null, values));
    }
    return batch;
  }

  /** A number of things of at least {@code bytesEach}; refused before any room is made for them. */
  private static int count(DataInputStream in, int bytesEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / bytesEach) {
      throw new CodecException(
          "state of the trainer: a count of "
              + count
              + " where "
              + in.available()
              + " bytes are left");
    }
    return count;
  }
}
