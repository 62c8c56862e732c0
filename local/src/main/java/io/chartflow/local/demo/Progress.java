package io.chartflow.local.demo;

import io.chartflow.local.audit.ReadBack;
import io.chartflow.model.atlas.AtlasManifest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a demo has come at a moment.
 *
 * @param elapsed since the demo began
 * @param target events to process; 0 if there is no end
 * @param sent events that Kafka has acknowledged
 * @param learned events that the train job is done with; it learns batch by batch
 * @param batch events of a batch: the last ones of a run that do not fill one are not learned from
 * @param scoring whether the score job was started
 * @param output what was read back from Kafka
 * @param atlas the newest version in the topic, or null
 * @param versions versions that came through the topic
 * @param logLikelihood running mean of the log-density of events before they were learned from, NaN
 *     while the flows have not begun
 * @param truth running mean of the true log-density, NaN where it is not known
 */
record Progress(
    Duration elapsed,
    long target,
    long sent,
    long learned,
    int batch,
    boolean scoring,
    ReadBack.State output,
    @Nullable AtlasManifest atlas,
    long versions,
    double logLikelihood,
    double truth) {

  /** Events that have come out. */
  long out() {
    return output.distinct();
  }

  /** Events that both jobs are done with. */
  long finished() {
    long readByTrainer = learned + batch > sent ? sent : learned;
    return Math.min(readByTrainer, out());
  }

  /** Whether all that was asked for has been sent, learned and read back. */
  boolean complete() {
    return target > 0 && sent >= target && out() >= target && learned + batch > target;
  }

  /** Number that grows whenever any stage moves. */
  long movement() {
    return sent + learned + output.records() + versions + (scoring ? 1 : 0);
  }

  /** This progress with what was read back since. */
  Progress withOutput(ReadBack.State later) {
    return new Progress(
        elapsed,
        target,
        sent,
        learned,
        batch,
        scoring,
        later,
        atlas,
        versions,
        logLikelihood,
        truth);
  }

  /** This progress with the versions that came since. */
  Progress withAtlas(@Nullable AtlasManifest newest, long count) {
    return new Progress(
        elapsed,
        target,
        sent,
        learned,
        batch,
        scoring,
        output,
        newest,
        count,
        logLikelihood,
        truth);
  }
}
