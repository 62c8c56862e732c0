/**
 * Benchmarks of the model's engine and of what goes over the wire, on JMH. Front door: {@link
 * io.chartflow.bench.EngineBenchmark}; its Javadoc has the command that runs it. {@link
 * io.chartflow.bench.DecodeBenchmark} and {@link io.chartflow.bench.EncodeBenchmark} are events in
 * and densities out.
 */
@NullMarked
package io.chartflow.bench;

import org.jspecify.annotations.NullMarked;
