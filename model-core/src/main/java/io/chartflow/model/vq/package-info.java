/**
 * The vector-quantised auto-encoder and the charts it makes. Front door: {@link
 * io.chartflow.model.vq.ChartCover}, which says what charts cover an encoding; {@link
 * io.chartflow.model.vq.Codebook} moves the codes.
 */
@NullMarked
package io.chartflow.model.vq;

import org.jspecify.annotations.NullMarked;
