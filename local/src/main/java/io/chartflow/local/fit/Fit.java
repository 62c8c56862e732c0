package io.chartflow.local.fit;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.fit.FitResult.TestLogLikelihood;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.PublishRequest;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Learns a data set in one pass, publishes one version and scores held-out events with each of the
 * three sums.
 */
public final class Fit {

  /** Told every five seconds at first, then whenever a tenth was added to the time. */
  private static final long PROGRESS_NANOS = 5_000_000_000L;

  private static final long PROGRESS_SHARE = 10;

  private final AtlasEngine engine;

  /** A fit by this engine. */
  public Fit(AtlasEngine engine) {
    this.engine = engine;
  }

  /**
   * Runs to the end.
   *
   * @param progress told every few seconds, and once after the last event
   * @throws IllegalArgumentException if the data set cannot be read
   */
  public FitResult run(FitRequest request, Consumer<FitProgress> progress) {
    DataSet set = request.dataSet();
    int count = (int) Math.min(request.testEvents(), set.heldOutEvents());
    HeldOut heldOut = new HeldOut(request, count);
    Learning learning = new Learning();
    try (AtlasTrainer trainer = engine.trainer(request.config());
        EventReader reader = new EventReader(set, set.training(request.seed()), request.seed())) {
      long began = System.nanoTime();
      learn(request, trainer, reader, learning, progress);
      double seconds = (System.nanoTime() - began) * 1e-9;
      Atlas atlas = publish(trainer);
      return result(request, heldOut, atlas, learning, reader.rejected(), seconds);
    }
  }

  private static void learn(
      FitRequest request,
      AtlasTrainer trainer,
      EventReader reader,
      Learning learning,
      Consumer<FitProgress> progress) {
    EventBatch batch =
        new EventBatch(request.config().training().batch(), request.config().dimension());
    long began = System.nanoTime();
    long told = began;
    for (long done = 0; done < request.events(); ) {
      reader.fill(batch, request.events() - done);
      trainer.train(batch);
      learning.add(trainer.report());
      done += batch.size();
      long now = System.nanoTime();
      if (now - told > Math.max(PROGRESS_NANOS, (now - began) / PROGRESS_SHARE)
          || done == request.events()) {
        told = now;
        progress.accept(
            new FitProgress(
                learning.steps(),
                done,
                done / ((now - began) * 1e-9),
                learning.recent(),
                request.dataSet().trueLogLikelihood(),
                learning.usedCharts()));
      }
    }
  }

  private static Atlas publish(AtlasTrainer trainer) {
    return trainer
        .publish(new PublishRequest(1, 0, new TreeMap<>(), Long.MIN_VALUE))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the flows have not begun to learn, so there is nothing to publish"));
  }

  private FitResult result(
      FitRequest request,
      HeldOut heldOut,
      Atlas atlas,
      Learning learning,
      long rejected,
      double seconds) {
    double[] truncated = heldOut.score(engine, atlas, DensitySum.TRUNCATED);
    TestLogLikelihood test =
        new TestLogLikelihood(
            HeldOut.mean(heldOut.score(engine, atlas, DensitySum.RESTRICTED)),
            HeldOut.mean(truncated),
            HeldOut.mean(heldOut.score(engine, atlas, DensitySum.FULL)));
    @Nullable Double truth = heldOut.trueLogLikelihood();
    return new FitResult(
        request.dataSet().name(),
        request.events(),
        rejected,
        request.seed(),
        engine.description(),
        request.config().charts().count(),
        request.config().hash(),
        heldOut.size(),
        test,
        HeldOut.standardError(truncated),
        truth,
        truth == null ? null : truth - test.truncated(),
        heldOut.medianDistance(engine, atlas),
        learning.logLikelihood(),
        learning.recent(),
        atlas.manifest().usedCharts(),
        atlas.meanZ(),
        learning.refused(),
        seconds,
        request.events() / seconds);
  }
}
