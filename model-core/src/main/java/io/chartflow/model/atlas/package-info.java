/** The immutable model. Front door: {@link io.chartflow.model.atlas.Atlas}. */
@NullMarked
package io.chartflow.model.atlas;

import org.jspecify.annotations.NullMarked;
