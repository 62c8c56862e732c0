/**
 * The monitor: density records in, one statistics record per event-time window out. Front door:
 * {@link io.chartflow.ops.monitor.MonitorTopology}, which says how windows close; {@link
 * io.chartflow.ops.monitor.StatisticsRecord} is what comes out. The only package that knows Kafka
 * Streams.
 */
@NullMarked
package io.chartflow.ops.monitor;

import org.jspecify.annotations.NullMarked;
