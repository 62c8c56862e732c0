/**
 * Learning and testing as experiments do: one pass over fresh events, or epochs over few points.
 * Front doors: {@link io.chartflow.bench.learn.OnePass} and {@link
 * io.chartflow.bench.learn.Epochs}.
 */
@NullMarked
package io.chartflow.bench.learn;

import org.jspecify.annotations.NullMarked;
