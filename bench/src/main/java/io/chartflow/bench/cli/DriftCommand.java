package io.chartflow.bench.cli;

import io.chartflow.bench.drift.ContaminationPlan;
import io.chartflow.bench.drift.DriftPlan;
import io.chartflow.bench.drift.DriftReport;
import io.chartflow.bench.drift.Scenario;
import io.chartflow.bench.experiment.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow experiment drift}: worlds that change, and clutter. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shapes that shift, split, vanish, appear and wander, against an oracle that knows the truth;"
            + " and a stream with clutter, with and without the guard.")
final class DriftCommand implements Callable<Integer> {

  private static final double CLUTTER = 0.05;

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "NAME",
      description = "some of shift, split, vanish, appear, slow, slow-forgetting (default: all)")
  List<String> scenarios = Stream.of(Scenario.values()).map(Scenario::text).toList();

  @Option(
      names = "--sets",
      split = ",",
      paramLabel = "NAME",
      description = "data sets that are cluttered (default: helix,knotted,interlocked-circles)")
  List<String> sets = List.of("helix", "knotted", "interlocked-circles");

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events before a change, and after it (default: ${DEFAULT-VALUE})")
  long events = 500_000;

  @Option(
      names = "--guard",
      paramLabel = "P",
      description = "level of the guard against clutter (default: ${DEFAULT-VALUE})")
  double guard = 0.01;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    List<Run> runs = new ArrayList<>();
    runs.addAll(
        new DriftPlan(
                scenarios.stream().map(Scenario::named).toList(),
                events,
                events,
                options.settings,
                options.seeds)
            .runs());
    runs.addAll(
        new ContaminationPlan(sets, events, CLUTTER, guard, options.settings, options.seeds)
            .runs());
    options.make(
        command,
        runs,
        (records, report) -> {
          options.write(command, "drift.json", report.json());
          options.write(command, "drift.png", DriftReport.picture(records));
          options.write(command, "drift.md", DriftReport.markdown(report));
        });
    return 0;
  }
}
