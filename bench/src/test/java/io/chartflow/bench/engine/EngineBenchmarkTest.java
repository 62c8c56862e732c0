package io.chartflow.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmarks run; what they measure here means nothing. */
class EngineBenchmarkTest {

  @Test
  void bothBenchmarksRunForOneTinyIteration() throws RunnerException {
    Options tiny =
        new OptionsBuilder()
            .include(EngineBenchmark.class.getSimpleName())
            .param("shape", "3x8x4")
            .param("batch", "64")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(50))
            .shouldFailOnError(true)
            .build();

    Collection<RunResult> results = new Runner(tiny).run();

    assertThat(results).hasSize(2);
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isGreaterThan(0));
  }
}
