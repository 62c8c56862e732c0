/**
 * Benchmarks of the model's engine, on JMH. Front door: {@link io.chartflow.bench.EngineBenchmark};
 * its Javadoc has the command that runs it.
 */
@NullMarked
package io.chartflow.bench;

import org.jspecify.annotations.NullMarked;
