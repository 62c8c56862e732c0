package io.chartflow.bench.learn;

import io.chartflow.model.atlas.Atlas;
import java.util.List;

/**
 * A published atlas and how it was learned.
 *
 * @param atlas what to test
 * @param at where the points of the curve lie: events of one pass, or epochs
 * @param logLikelihood the curve: prequential mean since the point before, or on the validation
 *     points
 * @param epoch of the atlas; 0 for one pass
 * @param refused batches that were not applied
 * @param seconds of processor time that learning took
 */
public record Learned(
    Atlas atlas,
    List<Double> at,
    List<Double> logLikelihood,
    int epoch,
    long refused,
    double seconds) {}
