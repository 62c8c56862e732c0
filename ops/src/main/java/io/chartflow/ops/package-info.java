/**
 * The monitor as a program. Front door: {@link io.chartflow.ops.Monitor}, which runs the topology,
 * the meters and the page; {@link io.chartflow.ops.MonitorMain} starts one from a configuration
 * file.
 */
@NullMarked
package io.chartflow.ops;

import org.jspecify.annotations.NullMarked;
