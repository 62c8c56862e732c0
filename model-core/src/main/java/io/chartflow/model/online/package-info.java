/**
 * What makes learning work on a stream without an end: standardiser, time scales, moving means.
 * Front door: {@link io.chartflow.model.online.LearningRates}.
 */
@NullMarked
package io.chartflow.model.online;

import org.jspecify.annotations.NullMarked;
