package io.chartflow.bench.wire;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.density.DensityWriter;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Density records per second to JSON: records as a scorer with the default model makes them, with
 * three charts in the posterior.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar EncodeBenchmark -prof gc
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {

  private static final int RECORDS = 1024;

  private final DensityRecord[] records = new DensityRecord[RECORDS];
  private final DensityWriter writer = new DensityWriter();
  private int next;

  /** Makes the records. */
  @Setup(Level.Trial)
  public void make() {
    Random random = new Random(7);
    for (int i = 0; i < RECORDS; i++) {
      records[i] = record(random, i);
    }
  }

  /** Writes one record. */
  @Benchmark
  public byte[] encode() {
    next = (next + 1) % RECORDS;
    return writer.toBytes(records[next]);
  }

  private static DensityRecord record(Random random, int i) {
    double logDensity = -3 + random.nextGaussian();
    float share = random.nextFloat();
    return new DensityRecord(
        "events",
        i % 4,
        72_711 + i,
        1_795_490_584_343L + i,
        DensityStatus.OK,
        logDensity,
        DensitySum.TRUNCATED,
        -logDensity,
        (1 + random.nextInt(131_072)) / 131_073.0,
        false,
        null,
        12,
        List.of(
            new ChartProbability(2, 0),
            new ChartProbability(12, share),
            new ChartProbability(31, 1 - share)),
        0f,
        3L,
        "03ff3ad16109a86c",
        211_456L,
        1_795_490_581_033L,
        false);
  }
}
