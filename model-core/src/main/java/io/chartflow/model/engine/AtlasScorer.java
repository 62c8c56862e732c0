package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;

/**
 * Scores events with one atlas version. The score of an event does not depend on which events share
 * its batch. Not safe for use by several threads: each thread has its own.
 *
 * <p>An event may have gaps, NaN in its batch. {@link #score} gives it no density: NaN. Either its
 * gaps are filled first, by {@link #imputeInPlace}, or {@link #scoreObserved} gives the density of
 * what lies before the first of them.
 */
public interface AtlasScorer extends AutoCloseable {

  /** The version that is scored with. */
  Atlas atlas();

  /** The sum that {@link #score} reports. */
  DensitySum sum();

  /**
   * Scores every row of {@code batch} into {@code out}, in order.
   *
   * @throws IllegalArgumentException if the batch has another dimension than the atlas
   */
  void score(EventBatch batch, ScoreBatch out);

  /**
   * Fills gaps among the first {@code features} features of each event with the mean of a chart, in
   * the units of the input: of the most probable chart by the features that are there, each chart
   * taken as a normal distribution with its members' means and variances. Other values stay.
   *
   * @throws IllegalArgumentException if the batch has another dimension than the atlas
   */
  void imputeInPlace(EventBatch batch, int features);

  /** Whether this atlas has the densities of {@link #scoreObserved}. */
  boolean scoresObserved();

  /**
   * Scores what lies before the first gap of each event, exactly: the density of those features in
   * their units, whatever the others would be. The sum is over all charts ({@link
   * DensitySum#FULL}), since which charts cover an event takes all of its features to say. An event
   * that begins with a gap has the density NaN; one without gaps has its full density.
   *
   * @throws IllegalArgumentException if the batch has another dimension than the atlas
   * @throws IllegalStateException unless {@link #scoresObserved()}: it takes an autoregressive flow
   *     and charts of the events' dimension
   */
  void scoreObserved(EventBatch batch, ScoreBatch out);

  /**
   * Draws from the atlas: {@code k ~ p}, {@code z ~ q}, {@code x = g_k(z)}; for {@link
   * DensitySum#TRUNCATED} rejects {@code z} until {@code g_k(z) ∈ U_k}. A chart that never accepts
   * gives its last draw.
   *
   * @return {@code count} events in the units of the input
   */
  EventBatch sample(int count, long seed);

  /**
   * Writes the latent vector of every row of {@code batch} to {@code latents} (size × d), in the
   * coordinates of the base: z, or the point u of the ball.
   *
   * @param seed of the drawn charts; used by {@link Inference#SAMPLED} alone
   */
  void infer(EventBatch batch, Inference how, long seed, double[] latents);

  /**
   * Divides the surprisal {@code −log p(x)} that {@link #score} gives each event among its
   * features: exactly by the chain rule where the flow is autoregressive and charts have the
   * events' dimension, else by integrated gradients from the mean of the event's most probable
   * chart, along the straight line in standardised coordinates. Charts and weights are held as they
   * are at the event; a constant, the baseline's surprisal included, is divided equally. The sum is
   * the surprisal within 1e-3 of it, or of one nat where it is smaller; {@link Attribution#error}
   * tells what is lacking. Costs some tens to hundreds of scores.
   *
   * @throws IllegalArgumentException if the batch has another dimension than the atlas
   */
  void attribute(EventBatch batch, Attribution out);

  @Override
  void close();
}
