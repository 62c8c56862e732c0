package io.chartflow.bench.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.Calibrator;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import io.chartflow.model.engine.TrainerState;
import io.chartflow.model.engine.TrainerState.Clock;
import io.chartflow.model.engine.TrainerState.Progress;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.marginal.FeatureMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What all contenders of a shape begin with, in a folder: events, and one learned model. As its
 * clock stands {@code Z_k} is measured every 256 steps, as on a stream that has run for a while.
 *
 * <p>Files: {@code events.f32}; {@code state} and {@code atlas} in our own format; {@code
 * weights.f32}, the same as plain floats: μ, σ, auto-encoder, codes, their counts and sums,
 * coverage, means and variances of the charts, flow, averaged flow, {@code Z_k}; {@code
 * expected.f32}, log-densities of the first events under the atlas, by which a peer shows that it
 * computes the same.
 *
 * @param shape of the model
 * @param folder with the files
 */
record Prepared(Shape shape, Path folder) {

  private static final int BATCH = 1024;
  private static final int LEAST_BATCHES = 16;
  private static final long FLOATS = 12_000_000;
  private static final long SETTLED = 4096;

  /** Some of them for the standardiser and the auto-encoder, the others for the flows. */
  private static final int LEAST_STEPS = 34;

  private static final int MOST_STEPS = 300;

  /** Learns the model and writes the files, unless they are there. */
  static Prepared in(Path parent, Shape shape) {
    Prepared prepared = new Prepared(shape, parent.resolve(shape.name()));
    if (!Files.exists(prepared.folder.resolve("expected.f32"))) {
      prepared.make();
    }
    return prepared;
  }

  private void make() {
    int d = shape.dimension();
    int batches = (int) Math.max(LEAST_BATCHES, Math.min(64, FLOATS / d / BATCH));
    float[] events = Events.make(batches * BATCH, d);
    try {
      Files.createDirectories(folder);
      Events.write(folder.resolve("events.f32"), List.of(events));
      List<EventBatch> stream = Events.batches(events, d, BATCH);
      try (AtlasTrainer trainer = new JvmEngine(2).trainer(shape.config(BATCH))) {
        int steps = Math.min(MOST_STEPS, shape.steps(Work.TRAIN, BATCH, 5, LEAST_STEPS));
        for (int step = 0; step < steps; step++) {
          trainer.train(stream.get(step % stream.size()));
        }
        TrainerState state = settled(trainer.snapshot());
        Atlas atlas = atlas(state);
        Files.write(folder.resolve("state"), TrainerStateCodec.encode(state));
        Files.write(folder.resolve("atlas"), AtlasCodec.encode(atlas));
        Events.write(folder.resolve("weights.f32"), weights(state, atlas));
        Events.write(folder.resolve("expected.f32"), List.of(logDensities(atlas, stream.get(0))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  /** The same with the clock of a stream that has run for a while. */
  private static TrainerState settled(TrainerState state) {
    Progress p = state.progress();
    Clock clock = new Clock(SETTLED, SETTLED, 0, p.clock().drift());
    return new TrainerState(
        state.config(),
        new Progress(
            p.events(), p.steps(), p.flowSteps(), p.refused(), p.random(), p.prequential(), clock),
        state.features(),
        state.quantizer(),
        state.flow(),
        state.calibration(),
        state.replay());
  }

  /** A version as it would be published, but for {@code Z_k}, which is as it was measured last. */
  private static Atlas atlas(TrainerState state) {
    Progress p = state.progress();
    float[] z = state.flow().z().toArray();
    return new Atlas(
        new AtlasManifest(
            1,
            0,
            state.config().hash(),
            p.events(),
            p.steps(),
            new TreeMap<>(),
            Long.MIN_VALUE,
            p.prequential().value(),
            z.length),
        state.config(),
        state.features().map().orElseThrow(),
        state.quantizer().weights(),
        state.quantizer().codebook().codes(),
        state.quantizer().charts().coverage(),
        state.quantizer().charts().means(),
        state.quantizer().charts().variances(),
        state.flow().averaged(),
        Floats.copyOf(z),
        Floats.copyOf(new float[z.length]),
        new Calibrator(state.calibration().calibrator()).freeze());
  }

  private static List<float[]> weights(TrainerState state, Atlas atlas) {
    FeatureMap map = atlas.features();
    return List.of(
        floats(map.standardiser().mean()),
        floats(map.standardiser().scale()),
        state.quantizer().weights().toArray(),
        state.quantizer().codebook().codes().toArray(),
        state.quantizer().codebook().counts().toArray(),
        state.quantizer().codebook().sums().toArray(),
        state.quantizer().charts().coverage().toArray(),
        state.quantizer().charts().means().toArray(),
        state.quantizer().charts().variances().toArray(),
        state.flow().weights().toArray(),
        state.flow().averaged().toArray(),
        atlas.z().toArray());
  }

  private static float[] floats(Doubles values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i);
    }
    return floats;
  }

  private static float[] logDensities(Atlas atlas, EventBatch batch) {
    ScoreBatch scores = new ScoreBatch();
    try (AtlasScorer scorer = new JvmEngine().scorer(atlas, DensitySum.TRUNCATED)) {
      scorer.score(batch, scores);
    }
    float[] values = new float[batch.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) scores.logDensity(i);
    }
    return values;
  }

  /** The events in batches of this size. */
  List<EventBatch> batches(int size) {
    return Events.batches(Events.read(folder.resolve("events.f32")), shape.dimension(), size);
  }

  /** The learner as it was prepared. */
  TrainerState state() {
    return TrainerStateCodec.decode(bytes("state"));
  }

  /** The version to score with. */
  Atlas atlas() {
    return AtlasCodec.decode(bytes("atlas"));
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
    }
  }
}
