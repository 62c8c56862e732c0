package io.chartflow.connect.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against Avro's own library, which writes what is read here. */
class AvroPlanTest {

  private static final long SEED = 20260131;
  private static final List<String> PATHS = List.of("last", "a", "b", "inner.c", "inner.d", "text");
  private static final int TEXT = 5;

  private static final String JSON = resource("everything.avsc");
  private static final Schema SCHEMA = new Schema.Parser().parse(JSON);

  private final AvroPlan plan = AvroSchema.parse(JSON).plan(PATHS, TEXT);

  @Test
  void whatTheLibraryWroteIsReadWhateverStandsBetween() throws IOException {
    int read = 0;
    for (Object each : new RandomData(SCHEMA, 2_000, SEED, true)) {
      GenericRecord record = (GenericRecord) each;
      List<String> told = new ArrayList<>();
      try {
        plan.read(encode(record, read % 2 == 0), 0, new Told(told));
        read++;
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("more than 64 records in each other");
        continue;
      }
      assertThat(told).containsExactlyInAnyOrderElementsOf(expected(record));
    }
    assertThat(read).isGreaterThan(1_900);
  }

  @Test
  void noBytesMakeThePlanThrowAnythingElseOrGoOnForEver() throws IOException {
    Random random = new Random(SEED);
    AvroSink nobody = new Told(new ArrayList<>());
    for (Object each : new RandomData(SCHEMA, 5_000, SEED, true)) {
      byte[] bytes = encode((GenericRecord) each, random.nextBoolean());
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] damaged =
          random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      Throwable failure = catchThrowable(() -> plan.read(damaged, 0, nobody));
      if (failure != null) {
        assertThat(failure).isInstanceOf(IOException.class).hasMessageStartingWith("got ");
      }
    }
  }

  @Test
  void aBlockOfItemsWithoutBytesIsNotCountedThrough() throws IOException {
    AvroPlan nothings =
        AvroSchema.parse(record("{\"type\":\"array\",\"items\":\"null\"}")).plan(List.of("x"), -1);
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, 0, 9, (byte) 0xFE); // 2⁶² items or so
    bytes[9] = 0;
    bytes[10] = 0; // no further block
    List<String> told = new ArrayList<>();

    nothings.read(Arrays.copyOf(bytes, 15), 0, new Told(told));

    assertThat(told).containsExactly("0=0.0");
  }

  @Test
  void aRecordInItselfIsReadToADepthAndNotToTheEndOfTheStack() {
    String list =
        "[\"null\",{\"type\":\"record\",\"name\":\"L\",\"fields\":["
            + "{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}]";
    AvroPlan plan = AvroSchema.parse(record(list)).plan(List.of("x"), -1);
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 2);

    assertThatThrownBy(() -> plan.read(bytes, 0, new Told(new ArrayList<>())))
        .isInstanceOf(IOException.class)
        .hasMessage("got more than 64 records in each other at byte 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "bytes"})
  void aLengthIsNotBelieved(String type) {
    AvroPlan plan = AvroSchema.parse(record("\"" + type + "\"")).plan(List.of("x"), -1);

    for (byte[] length : List.of(new byte[] {1, 0}, new byte[] {(byte) 0xFE, (byte) 0xFF, 3, 0})) {
      assertThatThrownBy(() -> plan.read(length, 0, new Told(new ArrayList<>())))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("got a length of ");
    }
  }

  private static String record(String before) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"w\",\"type\":"
        + before
        + "},{\"name\":\"x\",\"type\":\"float\"}]}";
  }

  private static List<String> expected(GenericRecord record) {
    List<String> expected = new ArrayList<>();
    expected.add("0=" + (double) (Float) record.get("last"));
    expected.add("1=" + record.get("a"));
    Object b = record.get("b");
    expected.add(b == null ? "2 null" : "2=" + (double) (Float) b);
    GenericRecord inner = (GenericRecord) record.get("inner");
    if (inner != null) {
      expected.add("3=" + (double) (Long) inner.get("c"));
      Object d = inner.get("d");
      expected.add(
          d == null ? "4 null" : d instanceof Integer whole ? "4=" + (double) whole : "4 a string");
    }
    expected.add("5=" + record.get("text"));
    return expected;
  }

  private static byte[] encode(GenericRecord record, boolean blocksTellTheirLength)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder =
        blocksTellTheirLength
            ? EncoderFactory.get().blockingBinaryEncoder(bytes, null)
            : EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static String resource(String name) {
    try (@Nullable InputStream in = AvroPlanTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Writes down what it is told. */
  private record Told(List<String> what) implements AvroSink {

    @Override
    public void number(int slot, double value) {
      what.add(slot + "=" + value);
    }

    @Override
    public void missing(int slot) {
      what.add(slot + " null");
    }

    @Override
    public void text(int slot, String value) {
      what.add(slot + "=" + value);
    }

    @Override
    public void other(int slot, String kind) {
      what.add(slot + " " + kind);
    }
  }
}
