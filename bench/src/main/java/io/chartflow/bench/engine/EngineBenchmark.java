package io.chartflow.bench.engine;

import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps and, in the counter {@code rows}, events per second of the JVM engine: a step of learning
 * (which scores first) and scoring with a published version. Models are learned once and kept in
 * the folder of temporary files.
 *
 * <pre>
 * mvn -B -ntp -Dquick -pl bench -am package
 * java -jar bench/target/benchmarks.jar EngineBenchmark -p shape=3x64x64 -p batch=256,1024
 * java -jar bench/target/benchmarks.jar EngineBenchmark.train -p shape=3x64x64 -p workers=1,2
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class EngineBenchmark {

  /** Threads of the engine. */
  @Param("1")
  public int workers;

  /** Dimension, width, charts. */
  @Param({"3x64x64", "16x128x64", "64x256x64", "784x512x64"})
  public String shape = "3x64x64";

  /** Events of a step. */
  @Param({"64", "256", "1024", "4096"})
  public int batch;

  /** Which sum is scored. */
  @Param("TRUNCATED")
  public DensitySum sum = DensitySum.TRUNCATED;

  private final ScoreBatch scores = new ScoreBatch();
  private List<EventBatch> batches = List.of();
  private @Nullable AtlasTrainer trainer;
  private @Nullable AtlasScorer scorer;
  private int next;

  /** Events learned from or scored. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Rows {
    /** So many in this iteration. */
    public long rows;
  }

  /** Learns a model, so that a step is a whole step. */
  @Setup(Level.Trial)
  public void prepare() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "chartflow-bench");
    Prepared prepared = Prepared.in(folder, Shape.parse(shape));
    JvmEngine engine = new JvmEngine(workers);
    batches = prepared.batches(batch);
    trainer = engine.trainer(prepared.state());
    scorer = engine.scorer(prepared.atlas(), sum);
  }

  /** Scores a batch and learns from it. */
  @Benchmark
  public void train(Rows counter) {
    counter.rows += batch;
    Objects.requireNonNull(trainer, "JMH calls prepare() first").train(next());
  }

  /** Scores a batch with a published version. */
  @Benchmark
  public ScoreBatch score(Rows counter) {
    counter.rows += batch;
    Objects.requireNonNull(scorer, "JMH calls prepare() first").score(next(), scores);
    return scores;
  }

  /** Lets the engine's threads go. */
  @TearDown(Level.Trial)
  public void close() {
    Objects.requireNonNull(trainer, "JMH calls prepare() first").close();
    Objects.requireNonNull(scorer, "JMH calls prepare() first").close();
  }

  private EventBatch next() {
    next = (next + 1) % batches.size();
    return batches.get(next);
  }
}
