package io.chartflow.bench.wire;

import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second from bytes to vectors, of normal numbers in single precision. {@code -prof gc}
 * tells the bytes that an event costs; of them 48 are the event, 24 the outcome and {@code 16 + 8D}
 * the vector.
 *
 * <pre>
 * mvn -B -ntp -Dquick -pl bench -am package
 * java -jar bench/target/benchmarks.jar DecodeBenchmark -prof gc
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

  private static final int EVENTS = 1024;

  /** How events are written. */
  @Param public EventFormat format = EventFormat.JSON;

  /** Features of an event. */
  @Param({"3", "64"})
  public int dimension;

  private RawEvent[] events = new RawEvent[0];
  private @Nullable EventDecoder decoder;
  private int next;

  /** Writes the events. */
  @Setup(Level.Trial)
  public void write() {
    SchemaConfig schema = WrittenEvents.schema(format, dimension);
    decoder = new EventDecoder(schema);
    events = WrittenEvents.of(schema, EVENTS);
  }

  /** Decodes one event. */
  @Benchmark
  public Decoded decode() {
    next = (next + 1) % EVENTS;
    return Objects.requireNonNull(decoder, "JMH calls write() first").decode(events[next]);
  }
}
