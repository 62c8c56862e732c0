/**
 * How surprising an event is among the events before it: prequential surprisals become p-values,
 * and an event with a p-value that is too small does not teach. Front door: {@link
 * io.chartflow.model.calibration.Calibrator}.
 */
@NullMarked
package io.chartflow.model.calibration;

import org.jspecify.annotations.NullMarked;
