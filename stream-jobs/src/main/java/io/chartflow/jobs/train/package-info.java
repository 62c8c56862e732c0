/**
 * The job that learns. Front door: {@link io.chartflow.jobs.train.TrainJob}. {@link
 * io.chartflow.jobs.train.TrainOperator} is the Flink side, {@link io.chartflow.jobs.train.Learner}
 * what it does, {@link io.chartflow.jobs.train.PublishDecision} when a version is published, and
 * {@link io.chartflow.jobs.train.TrainCheckpoint} what outlives a restart.
 */
@NullMarked
package io.chartflow.jobs.train;

import org.jspecify.annotations.NullMarked;
