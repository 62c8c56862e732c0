package io.chartflow.peers;

import static io.chartflow.peers.ModelShape.CODE;

import java.util.Arrays;
import java.util.Random;

/**
 * Codes and the charts' statistics, moved by moving averages. SameDiff has nothing to say here:
 * plain loops over arrays.
 */
final class Quantiser {

  private static final float DECAY = 0.99f;
  private static final float DEAD_SHARE = 0.05f;
  private static final float LEAST_VARIANCE = 1e-4f;
  private static final float STATISTICS_RATE = 0.05f * 0.02f;
  private static final int FEW = 3;

  private final int dimension;
  private final int charts;
  private final Codes codes;
  private final float[] counts;
  private final float[] sums;
  private final float[] coverage;
  private final float[] means;
  private final float[] variances;
  private final Cover cover;
  private final Random random = new Random(0);

  Quantiser(ModelShape shape, WeightsFile file) {
    this.dimension = shape.dimension();
    this.charts = shape.charts();
    this.codes = new Codes(file.take(charts * CODE));
    this.counts = file.take(charts);
    this.sums = file.take(charts * CODE);
    this.coverage = file.take(charts);
    this.means = file.take(charts * dimension);
    this.variances = file.take(charts * dimension);
    this.cover = new Cover(charts);
  }

  Codes codes() {
    return codes;
  }

  float[] means() {
    return means;
  }

  /** ½ log σ² of every chart. */
  float[] halfLogVariances() {
    float[] logs = new float[variances.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) (0.5 * Math.log(Math.max(variances[i], LEAST_VARIANCE)));
    }
    return logs;
  }

  /** log p_k. */
  float[] logPrior() {
    float total = sum(coverage);
    float[] logs = new float[charts];
    for (int k = 0; k < charts; k++) {
      logs[k] = (float) Math.log(Math.max(coverage[k] / total, 1e-12f));
    }
    return logs;
  }

  /** The members of a batch. */
  Cover cover(float[] encodings) {
    cover.find(encodings, codes);
    return cover;
  }

  /** Charts that cover an event of the last batch, on average. */
  double chartsPerEvent() {
    return (double) cover.pairs() / cover.events();
  }

  /** Moves codes and statistics; returns the members under the new codes. */
  Cover learn(float[] x, float[] encodings) {
    moveCodes(encodings);
    revive(x, encodings);
    cover.find(encodings, codes);
    moveStatistics(x);
    return cover;
  }

  private void moveCodes(float[] encodings) {
    int n = encodings.length / CODE;
    float[] hits = new float[charts];
    float[] hitSums = new float[charts * CODE];
    float[] distances = new float[charts];
    for (int i = 0; i < n; i++) {
      codes.distances(encodings, i, distances);
      int k = Cover.least(distances);
      hits[k]++;
      for (int j = 0; j < CODE; j++) {
        hitSums[k * CODE + j] += encodings[i * CODE + j];
      }
    }
    move(counts, hits);
    move(sums, hitSums);
    float total = sum(counts);
    float[] code = new float[CODE];
    for (int k = 0; k < charts; k++) {
      float smoothed = total * (counts[k] + 1e-5f) / (total + charts * 1e-5f);
      for (int j = 0; j < CODE; j++) {
        code[j] = sums[k * CODE + j] / smoothed;
      }
      codes.set(k, code, 0);
    }
  }

  private static void move(float[] averages, float[] values) {
    for (int i = 0; i < averages.length; i++) {
      averages[i] = DECAY * averages[i] + (1 - DECAY) * values[i];
    }
  }

  /** Codes that nobody uses come back at far encodings. */
  private void revive(float[] x, float[] encodings) {
    int n = encodings.length / CODE;
    float[] far = null;
    for (int k = 0; k < charts; k++) {
      if (counts[k] < DEAD_SHARE * n / charts) {
        far = far == null ? summedLeastDistances(encodings) : far;
        int i = Arrays.binarySearch(far, random.nextFloat() * far[n - 1]);
        i = Math.min(n - 1, i < 0 ? -i - 1 : i);
        counts[k] = 0.5f * n / charts;
        codes.set(k, encodings, i);
        for (int j = 0; j < CODE; j++) {
          sums[k * CODE + j] = counts[k] * encodings[i * CODE + j];
        }
        System.arraycopy(x, i * dimension, means, k * dimension, dimension);
      }
    }
  }

  private float[] summedLeastDistances(float[] encodings) {
    float[] distances = new float[charts];
    float[] summed = new float[encodings.length / CODE];
    float sum = 0;
    for (int i = 0; i < summed.length; i++) {
      codes.distances(encodings, i, distances);
      sum += distances[Cover.least(distances)] + 1e-12f;
      summed[i] = sum;
    }
    return summed;
  }

  private void moveStatistics(float[] x) {
    float[] members = new float[charts];
    float[] linear = new float[charts * dimension];
    float[] squared = new float[charts * dimension];
    for (int p = 0; p < cover.pairs(); p++) {
      members[cover.chart(p)]++;
      int from = cover.event(p) * dimension;
      int to = cover.chart(p) * dimension;
      for (int j = 0; j < dimension; j++) {
        float value = x[from + j];
        linear[to + j] += value;
        squared[to + j] += value * value;
      }
    }
    for (int k = 0; k < charts; k++) {
      coverage[k] = DECAY * coverage[k] + (1 - DECAY) * members[k] / cover.events();
      if (members[k] >= FEW) {
        moveChart(k, members[k], linear, squared);
      }
    }
  }

  private void moveChart(int k, float members, float[] linear, float[] squared) {
    for (int at = k * dimension; at < (k + 1) * dimension; at++) {
      float mean = linear[at] / members;
      float variance = Math.max(squared[at] / members - mean * mean, LEAST_VARIANCE);
      float moved = mean - means[at];
      variances[at] += STATISTICS_RATE * (variance + moved * moved - variances[at]);
      means[at] += STATISTICS_RATE * moved;
    }
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
