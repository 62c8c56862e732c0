package io.chartflow.model.codec;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.PublishRequest;
import io.chartflow.model.engine.Small;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checked-in files of old formats. They are written once for each format version, by {@link
 * #main}, and never again: what was written must load for ever. After it, {@code
 * src/test/scripts/golden.py} works out the densities that the atlas must give.
 */
public final class Fixtures {

  private Fixtures() {}

  /** Writes the files of the newest format into the folder that is the only argument. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (AtlasTrainer trainer = Small.trainedOnRing(config(), 400)) {
      PublishRequest request =
          new PublishRequest(7, 6, new TreeMap<>(Map.of("events-0", 51_200L)), 1_700_000_000_000L);
      Files.write(
          folder.resolve("atlas-v1.bin"),
          AtlasCodec.encode(trainer.publish(request).orElseThrow()));
      Files.write(folder.resolve("trainer-v1.bin"), TrainerStateCodec.encode(trainer.snapshot()));
    }
  }

  private static AtlasConfig config() {
    return new AtlasConfig(
        2,
        new ChartsConfig(4, 2, 0.1),
        new QuantizerConfig(3, 8, 0.25, 0.99),
        FlowConfig.realNvp(3, 8, 3.0),
        new TrainingConfig(Small.BATCH, 512, 5e-3, 300, 0.99, 5.0, 2e-3, 100, 0.02, 40),
        42);
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
