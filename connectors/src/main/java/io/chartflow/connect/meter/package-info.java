/** The names of all meters. Front door: {@link io.chartflow.connect.meter.MeterNames}. */
@NullMarked
package io.chartflow.connect.meter;

import org.jspecify.annotations.NullMarked;
