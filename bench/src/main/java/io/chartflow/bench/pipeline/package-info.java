/**
 * Broker, both jobs, a producer and a reader in one process, and what they reach: events a second,
 * delays, bytes, checkpoints. Front door: {@link io.chartflow.bench.pipeline.PipelineBenchmark}.
 */
@NullMarked
package io.chartflow.bench.pipeline;

import org.jspecify.annotations.NullMarked;
