package io.chartflow.bench;

import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import io.chartflow.model.engine.TrainReport;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second of the JVM engine: a step of learning (which scores first) and scoring with a
 * published version, {@code D = 3}, five couplings of width 64, 64 charts, 512 events a batch.
 *
 * <pre>
 * mvn -B -ntp -Dquick -pl bench -am package
 * java -jar bench/target/benchmarks.jar EngineBenchmark
 * java -jar bench/target/benchmarks.jar EngineBenchmark.train -p workers=1,2
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class EngineBenchmark {

  static final int BATCH = 512;
  private static final int BATCHES = 16;

  /** Threads of the engine. */
  @Param("1")
  public int workers;

  /** Charts of the atlas. */
  @Param("64")
  public int charts;

  /** Which sum is scored. */
  @Param("TRUNCATED")
  public DensitySum sum = DensitySum.TRUNCATED;

  private final EventBatch[] batches = new EventBatch[BATCHES];
  private final ScoreBatch scores = new ScoreBatch();
  private @Nullable LearnedEngine learned;
  private int next;

  /** Trains past the standardiser and the delay of the flows, so that a step is a whole step. */
  @Setup(Level.Trial)
  public void learn() {
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = Helix.batch(BATCH, i);
    }
    learned = LearnedEngine.on(new JvmEngine(workers), charts, sum, batches);
  }

  /** Scores a batch and learns from it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public TrainReport train() {
    return learned().trainer().train(batch());
  }

  /** Scores a batch with a published version. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public ScoreBatch score() {
    learned().scorer().score(batch(), scores);
    return scores;
  }

  /** Lets the engine's threads go. */
  @TearDown(Level.Trial)
  public void close() {
    learned().close();
  }

  private LearnedEngine learned() {
    return Objects.requireNonNull(learned, "JMH calls learn() first");
  }

  private EventBatch batch() {
    next = (next + 1) % BATCHES;
    return batches[next];
  }
}
