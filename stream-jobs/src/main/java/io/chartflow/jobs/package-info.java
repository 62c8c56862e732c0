/**
 * The two Flink jobs and what they share. Front doors: {@link io.chartflow.jobs.train.TrainJob} and
 * {@link io.chartflow.jobs.score.ScoreJob}; both check-point as {@link
 * io.chartflow.jobs.CheckpointSetup} says. They meet only in the atlas topic.
 */
@NullMarked
package io.chartflow.jobs;

import org.jspecify.annotations.NullMarked;
