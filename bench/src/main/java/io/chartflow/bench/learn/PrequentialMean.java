package io.chartflow.bench.learn;

import io.chartflow.model.engine.TrainReport;

/** The mean prequential log-density since it was last taken. */
public final class PrequentialMean {

  private double sum;
  private long count;

  /** Adds a batch; one that was not scored counts for nothing. */
  public void add(TrainReport report) {
    if (report.scored() > 0 && Double.isFinite(report.logLikelihood())) {
      sum += report.logLikelihood() * report.scored();
      count += report.scored();
    }
  }

  /** Whether anything was added since. */
  public boolean isPresent() {
    return count > 0;
  }

  /** The mean, NaN for nothing; begins afresh. */
  public double take() {
    double mean = count == 0 ? Double.NaN : sum / count;
    sum = 0;
    count = 0;
    return mean;
  }
}
