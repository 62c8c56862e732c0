/**
 * Random numbers whose whole state is one long, so that a checkpoint can hold it. Front door:
 * {@link io.chartflow.model.random.SplitMix}.
 */
@NullMarked
package io.chartflow.model.random;

import org.jspecify.annotations.NullMarked;
