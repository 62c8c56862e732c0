package io.chartflow.model.codec;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.CalibrationConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.FlowKind;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.PublishRequest;
import io.chartflow.model.engine.Small;
import io.chartflow.model.random.SplitMix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checked-in files of old formats. They are written once for each format version, by {@link
 * #main}, and never again: what was written must load for ever. After it, {@code golden.py} for
 * version 1 and {@code golden_atlas.py} for version 2, in {@code src/test/scripts}, work out the
 * densities that the atlases must give. Of a kind that came later its own file alone is added.
 */
public final class Fixtures {

  private Fixtures() {}

  /** Writes the files of the newest format into the folder that is the only argument. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (Map.Entry<String, AtlasConfig> kind : configs().entrySet()) {
      try (AtlasTrainer trainer = trained(kind.getValue())) {
        byte[] bytes = AtlasCodec.encode(trainer.publish(REQUEST).orElseThrow());
        Files.write(folder.resolve("atlas-v2-" + kind.getKey() + ".bin"), bytes);
      }
    }
    try (AtlasTrainer trainer = Small.trainedOnRing(trainer(), 60)) {
      Files.write(folder.resolve("trainer-v2.bin"), TrainerStateCodec.encode(trainer.snapshot()));
    }
  }

  private static final PublishRequest REQUEST =
      new PublishRequest(7, 6, new TreeMap<>(Map.of("events-0", 51_200L)), 1_700_000_000_000L);

  /** What the atlases of version 2 are made of, by the names of their files. */
  private static SortedMap<String, AtlasConfig> configs() {
    SortedMap<String, AtlasConfig> configs = new TreeMap<>();
    configs.put("coupling", config(2, "chart-affine, coupling×2"));
    configs.put("splines", config(2, "chart-affine, spline-coupling×2"));
    configs.put("maf", config(3, "chart-affine, maf×2").withCharts(new ChartsConfig(CHARTS, 1, 0)));
    configs.put("iaf", config(3, "chart-affine, iaf×2").withCharts(new ChartsConfig(CHARTS, 1, 0)));
    configs.put(
        "linear", config(3, "lu, coupling, rotation, coupling, permutation, spline-coupling"));
    configs.put(
        "sphere", config(3, "chart-affine, coupling×2").withEmbedding(EmbeddingConfig.of(2)));
    AtlasConfig ball = config(2, "chart-affine, coupling×2");
    FlowConfig flow = ball.flow();
    configs.put(
        "ball",
        ball.withFlow(
            new FlowConfig(
                flow.layers(), flow.width(), flow.maxLogScale(), flow.bins(), BaseKind.BALL)));
    configs.put("marginals", marginals());
    return configs;
  }

  private static final int CHARTS = 3;

  private static AtlasConfig config(int dimension, String layers) {
    return new AtlasConfig(
            dimension,
            new ChartsConfig(CHARTS, 2, 0.1),
            new QuantizerConfig(2, 6, 0.25, 0.99),
            new FlowConfig(layers, 6, 3.0, 4, BaseKind.GAUSSIAN),
            new TrainingConfig(Small.BATCH, 512, 5e-3, 300, 0.99, 5.0, 2e-3, 100, 0.02, 40),
            42)
        .withCalibration(new CalibrationConfig(1024));
  }

  private static AtlasConfig marginals() {
    return config(2, "chart-affine, coupling×2")
        .withMarginals(List.of(MarginalKind.ASINH, MarginalKind.SPLINE));
  }

  /** With all that a state can hold: transforms, replayed events, p-values, a guard. */
  private static AtlasConfig trainer() {
    return marginals().withAdaptation(new AdaptationConfig(8, 100_000, 64, 0.25, 0.05));
  }

  private static AtlasTrainer trained(AtlasConfig config) {
    if (config.embedding().isPresent()) {
      return FlowKind.trainedOnSphere(config, 200);
    }
    AtlasTrainer trainer = new JvmEngine().trainer(config);
    SplitMix random = new SplitMix(77);
    for (int i = 0; i < 200; i++) {
      trainer.train(
          config.dimension() == 2
              ? Small.ring(Small.BATCH, random)
              : Small.curve(config.dimension(), Small.BATCH, random));
    }
    return trainer;
  }

  /** The bytes of a fixture. */
  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name)) {
      if (in == null) {
        throw new IllegalStateException("expected the test resource fixtures/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of a fixture of comma-separated lines; lines that begin with # are comments. */
  static List<double[]> numbers(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> java.util.Arrays.stream(line.split(",", -1)))
        .map(cells -> cells.mapToDouble(Double::parseDouble).toArray())
        .toList();
  }
}
