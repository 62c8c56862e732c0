package io.chartflow.bench.experiment;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The folder of finished runs: one JSON file for each, and an atlas beside those that keep one. */
public final class RunStore {

  private final Path folder;

  /** The store in this folder, which need not exist. */
  public RunStore(Path folder) {
    this.folder = folder;
  }

  /**
   * The finished run of this specification; empty too if an atlas should lie beside it and does
   * not.
   */
  public Optional<RunRecord> find(RunSpec spec) {
    Path file = file(spec, ".json");
    if (!Files.isRegularFile(file)
        || (spec.keepsAtlas() && !Files.isRegularFile(file(spec, ".atlas")))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readString(file), RunRecord.class, file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The atlas of a finished run that keeps one. */
  public Optional<Atlas> atlas(RunSpec spec) {
    Path file = file(spec, ".atlas");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(AtlasCodec.decode(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Keeps a run: whole or not at all, the record last. */
  RunRecord write(RunSpec spec, RunOutcome outcome, String engine) {
    RunRecord record = RunRecord.of(spec, outcome, engine);
    if (spec.keepsAtlas()) {
      Atlas atlas =
          outcome
              .atlas()
              .orElseThrow(() -> new IllegalStateException(spec.name() + " gave no atlas to keep"));
      write(file(spec, ".atlas"), AtlasCodec.encode(atlas));
    }
    write(file(spec, ".json"), Json.write(record).getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private Path file(RunSpec spec, String ending) {
    return folder.resolve(spec.name() + ending);
  }

  private static void write(Path file, byte[] bytes) {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(half, bytes);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
