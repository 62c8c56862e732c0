/**
 * JMH benchmarks of what goes over the wire: events in and densities out. Front doors: {@link
 * io.chartflow.bench.wire.DecodeBenchmark} and {@link io.chartflow.bench.wire.EncodeBenchmark}.
 */
@NullMarked
package io.chartflow.bench.wire;

import org.jspecify.annotations.NullMarked;
