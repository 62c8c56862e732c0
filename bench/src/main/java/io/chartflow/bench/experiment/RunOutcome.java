package io.chartflow.bench.experiment;

import io.chartflow.model.atlas.Atlas;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param values numbers by name, in snake case; NaN for what could not be had
 * @param curves lists of numbers by name
 * @param atlas that was learned
 */
public record RunOutcome(
    Map<String, Double> values, Map<String, List<Double>> curves, Optional<Atlas> atlas) {}
