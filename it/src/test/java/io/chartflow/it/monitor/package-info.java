/** The monitor against a real broker. Front door: {@code MonitorIT}. */
@NullMarked
package io.chartflow.it.monitor;

import org.jspecify.annotations.NullMarked;
