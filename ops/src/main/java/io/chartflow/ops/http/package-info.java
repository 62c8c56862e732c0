/**
 * What the monitor shows over HTTP: Prometheus' text, health, statistics as JSON, and one live
 * page. Front door: {@link io.chartflow.ops.http.MonitorServer}.
 */
@NullMarked
package io.chartflow.ops.http;

import org.jspecify.annotations.NullMarked;
