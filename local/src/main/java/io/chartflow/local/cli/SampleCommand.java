package io.chartflow.local.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.Problems;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow sample}. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Draws events from the newest atlas: what the model holds to be normal. One JSON object a"
            + " line, in the form of the events.")
final class SampleCommand implements Callable<Integer> {

  private static final Pattern STEPS = Pattern.compile("\\.");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count = 10;

  @Option(names = "--seed", paramLabel = "N", description = "Of the draws (default: 0).")
  private long seed;

  @Override
  public Integer call() {
    Problems problems = new Problems("");
    problems.between("--count", count, 1, 10_000_000).throwIfAny();
    ChartflowConfig file = config.read();
    Atlas atlas = Newest.atlas(file);
    List<FieldConfig> fields = file.schema().fields();
    if (atlas.config().dimension() != fields.size()) {
      throw new IllegalArgumentException(
          "schema.fields must be the "
              + atlas.config().dimension()
              + " features of the atlas, got "
              + fields.size());
    }
    PrintWriter out = spec.commandLine().getOut();
    try (AtlasScorer scorer = new JvmEngine().scorer(atlas, file.scoring().sum())) {
      print(scorer.sample(count, seed), fields, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  static void print(EventBatch drawn, List<FieldConfig> fields, PrintWriter out) {
    for (int row = 0; row < drawn.size(); row++) {
      ObjectNode event = JSON.createObjectNode();
      for (int j = 0; j < fields.size(); j++) {
        put(event, fields.get(j).path(), drawn.get(row, j));
      }
      out.println(event);
    }
  }

  /** A dot in a path descends into an object. */
  private static void put(ObjectNode event, String path, double value) {
    String[] steps = STEPS.split(path, -1);
    ObjectNode at = event;
    for (int i = 0; i < steps.length - 1; i++) {
      at = at.withObjectProperty(steps[i]);
    }
    at.put(steps[steps.length - 1], value);
  }
}
