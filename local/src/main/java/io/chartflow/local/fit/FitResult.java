package io.chartflow.local.fit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a fit found. Log-likelihoods are means of log-densities in nats and input units; as JSON the
 * names are in snake case.
 *
 * @param dataset name of the data set
 * @param events learned from, each once
 * @param rejectedEvents rows that were passed over because a cell was not a finite number
 * @param seed of the events and of the model
 * @param engine that learned
 * @param charts number of charts {@code K} of the configuration
 * @param configHash {@link io.chartflow.model.config.AtlasConfig#hash()}
 * @param testEvents events that were tested on
 * @param testLogLikelihood on those, for each sum
 * @param testStandardError of {@code testLogLikelihood.truncated}
 * @param trueLogLikelihood mean true log-density of the same test events, null where not known
 * @param gapToTruth {@code trueLogLikelihood − testLogLikelihood.truncated}, null where not known
 * @param medianDistance of a test event from its chart's surface, in the units of the input; null
 *     where charts have the dimension of the events. Where it is not small the log-likelihood says
 *     how probable the projections of the events are, not the events
 * @param prequentialLogLikelihood mean over all learned events that were scored first
 * @param recentLogLikelihood the same over the last batches
 * @param chartsUsed codes that were alive at the end
 * @param meanZ {@code Σ p_k Z_k}
 * @param refusedSteps batches that were not applied because a loss or a gradient was not finite
 * @param seconds that learning took
 * @param eventsPerSecond of learning, drawing the events included
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FitResult(
    String dataset,
    long events,
    long rejectedEvents,
    long seed,
    String engine,
    int charts,
    String configHash,
    int testEvents,
    TestLogLikelihood testLogLikelihood,
    double testStandardError,
    @Nullable Double trueLogLikelihood,
    @Nullable Double gapToTruth,
    @Nullable Double medianDistance,
    double prequentialLogLikelihood,
    double recentLogLikelihood,
    int chartsUsed,
    double meanZ,
    long refusedSteps,
    double seconds,
    double eventsPerSecond) {

  /**
   * The mean test log-density by each sum.
   *
   * @param restricted by {@link io.chartflow.model.engine.DensitySum#RESTRICTED}
   * @param truncated by {@link io.chartflow.model.engine.DensitySum#TRUNCATED}
   * @param full by {@link io.chartflow.model.engine.DensitySum#FULL}
   */
  public record TestLogLikelihood(double restricted, double truncated, double full) {}
}
