package io.chartflow.local.cli;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.local.fit.Fit;
import io.chartflow.local.fit.FitJson;
import io.chartflow.local.fit.FitRequest;
import io.chartflow.local.fit.FitResult;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.engine.JvmEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chartflow fit}: the model alone, no Kafka. */
@Command(
    name = "fit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Learns a data set in one pass without Kafka, and tests on events it never learned from.")
public final class FitCommand implements Callable<Integer> {

  private static final long DEFAULT_EVENTS = 1_000_000;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "one of ${COMPLETION-CANDIDATES} (default: helix)")
  @Nullable String dataset;

  @Option(
      names = "--file",
      paramLabel = "CSV",
      description = "a CSV file with a header, instead of a data set by name; may end in .gz")
  @Nullable Path file;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "COLUMN[:RESOLUTION]",
      description = "columns of the file, those of rounded numbers with their resolution: delay:1")
  @Nullable List<String> features;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events to learn from (default: 1,000,000, or the rows of a file once)")
  @Nullable Long events;

  @Option(names = "--seed", description = "of events and model (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--charts",
      paramLabel = "K",
      description = "number of charts; 1 is one global flow (default: that of the model)")
  @Nullable Integer charts;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "another setting of the model, for instance training.learningRate=0.002")
  Map<String, String> settings = new TreeMap<>();

  @Option(
      names = "--transforms",
      paramLabel = "KIND",
      split = ",",
      description = "none, asinh or spline for each feature (default: none)")
  List<MarginalKind> transforms = List.of();

  @Option(names = "--batch", paramLabel = "N", description = "events per step")
  @Nullable Integer batch;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "threads of the engine (default: one per core)")
  @Nullable Integer workers;

  @Option(
      names = "--test-events",
      paramLabel = "N",
      description = "events to test on (default: ${DEFAULT-VALUE})")
  int testEvents = FitRequest.DEFAULT_TEST_EVENTS;

  @Option(names = "--json", paramLabel = "FILE", description = "where the result goes as JSON")
  @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = commandSpec().commandLine().getOut();
    FitResult result;
    try {
      FitRequest request = request();
      requireWritable(json);
      out.printf(
          "fit: %s, %,d events, %d charts, seed %d%n",
          request.dataSet().name(), request.events(), request.config().charts().count(), seed);
      out.flush();
      result =
          new Fit(engine())
              .run(
                  request,
                  progress -> {
                    out.println(progress.line());
                    out.flush();
                  });
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandSpec().commandLine(), "fit: " + e.getMessage(), e);
    }
    String text = FitJson.of(result);
    out.print(text);
    out.flush();
    if (json != null) {
      Files.writeString(json, text, StandardCharsets.UTF_8);
    }
    return 0;
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("the command was not made by picocli");
    }
    return spec;
  }

  private FitRequest request() {
    DataSet set = dataSet();
    AtlasConfig config =
        AtlasConfig.defaults(set.dimension()).withSeed(seed).withMarginals(transforms);
    Map<String, String> all = new TreeMap<>(settings);
    if (batch != null) {
      all.put("training.batch", batch.toString());
    }
    if (charts != null) {
      config =
          config.withCharts(
              charts == 1
                  ? ChartsConfig.single()
                  : new ChartsConfig(
                      charts, ChartsConfig.DEFAULTS.m(), ChartsConfig.DEFAULTS.epsilon()));
    }
    long count = events != null ? events : Math.min(DEFAULT_EVENTS, set.trainingEvents());
    return new FitRequest(set, ConfigOverrides.apply(config, all), count, testEvents, seed);
  }

  private DataSet dataSet() {
    if (file == null) {
      if (features != null) {
        throw new IllegalArgumentException("--features must come with --file");
      }
      return DataSets.named(dataset == null ? "helix" : dataset);
    }
    if (dataset != null) {
      throw new IllegalArgumentException("--dataset and --file exclude each other");
    }
    if (features == null) {
      throw new IllegalArgumentException("--file must come with --features");
    }
    return DataSets.file(file, features);
  }

  private JvmEngine engine() {
    int count = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    if (count < 1) {
      throw new IllegalArgumentException("--workers must be at least 1, got " + count);
    }
    return new JvmEngine(count);
  }

  /** Minutes of learning shall not end at a file that cannot be written. */
  private static void requireWritable(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw new IllegalArgumentException(
          "--json must be a file in a directory that can be written to, got " + file);
    }
  }

  /** The names that {@code --dataset} takes. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return DataSets.names().iterator();
    }
  }
}
