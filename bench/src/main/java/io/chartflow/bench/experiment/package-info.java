/**
 * Runs of an experiment: what one is, its record on disk, and a queue that goes on where it was
 * interrupted. Front door: {@link io.chartflow.bench.experiment.RunQueue}.
 */
@NullMarked
package io.chartflow.bench.experiment;

import org.jspecify.annotations.NullMarked;
