/**
 * Chart-conditioned normalizing flows, one file per layer, gradients by hand. Front door: {@link
 * io.chartflow.model.flow.ChartFlow}; a new layer implements {@link
 * io.chartflow.model.flow.FlowLayer}.
 */
@NullMarked
package io.chartflow.model.flow;

import org.jspecify.annotations.NullMarked;
