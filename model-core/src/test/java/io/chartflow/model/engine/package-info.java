/** Tests of the engines; {@link io.chartflow.model.engine.Small} makes their models and data. */
@NullMarked
package io.chartflow.model.engine;

import org.jspecify.annotations.NullMarked;
