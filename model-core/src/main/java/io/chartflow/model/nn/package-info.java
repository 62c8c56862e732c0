/**
 * Networks over one flat array of weights, and their optimiser. Front door: {@link
 * io.chartflow.model.nn.Mlp}.
 */
@NullMarked
package io.chartflow.model.nn;

import org.jspecify.annotations.NullMarked;
