/**
 * Whether p-values of fresh events are uniform. Front door: {@link
 * io.chartflow.bench.calibration.CalibrationPlan}.
 */
@NullMarked
package io.chartflow.bench.calibration;

import org.jspecify.annotations.NullMarked;
