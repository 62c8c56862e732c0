/**
 * The model alone, without Kafka and Flink: one pass over a data set, then a test on events that
 * were never learned from. Front door: {@link io.chartflow.local.fit.Fit}.
 */
@NullMarked
package io.chartflow.local.fit;

import org.jspecify.annotations.NullMarked;
