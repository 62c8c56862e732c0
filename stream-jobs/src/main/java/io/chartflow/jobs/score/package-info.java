/**
 * The job that scores. Front door: {@link io.chartflow.jobs.score.ScoreJob}. {@link
 * io.chartflow.jobs.score.ScoreOperator} decodes records, collects them into micro-batches and
 * scores those with the newest atlas, which it keeps in its own state; {@link
 * io.chartflow.jobs.score.DensityRecords} writes what it found.
 */
@NullMarked
package io.chartflow.jobs.score;

import org.jspecify.annotations.NullMarked;
