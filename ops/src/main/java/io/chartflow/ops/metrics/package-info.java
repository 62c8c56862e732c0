/**
 * Micrometer, and nobody else's. Front door: {@link io.chartflow.ops.metrics.MonitorMeters}, which
 * turns what the monitor says into meters and the meters into Prometheus' text.
 */
@NullMarked
package io.chartflow.ops.metrics;

import org.jspecify.annotations.NullMarked;
