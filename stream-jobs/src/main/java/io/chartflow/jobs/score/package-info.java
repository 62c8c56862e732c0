/**
 * The job that scores. Front door: {@link io.chartflow.jobs.score.ScoreJob}. {@link
 * io.chartflow.jobs.score.ScoreOperator} collects events into micro-batches and scores them with
 * the newest atlas, which it keeps in its own state.
 */
@NullMarked
package io.chartflow.jobs.score;

import org.jspecify.annotations.NullMarked;
