package io.chartflow.bench.cli;

import io.chartflow.bench.paper.FlowModel;
import io.chartflow.bench.surface.SurfacePlan;
import io.chartflow.bench.surface.SurfaceReport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow experiment surface}: charts of dimension two on the sphere. */
@Command(
    name = "surface",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Charts of dimension two on the sphere, against the exact density.")
final class SurfaceCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description = "some of realnvp, maf, spline (default: all three)")
  List<String> models = List.of("realnvp", "maf", "spline");

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events to learn from (default: ${DEFAULT-VALUE})")
  long events = 1_000_000;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    SurfacePlan plan =
        new SurfacePlan(
            models.stream().map(FlowModel::named).toList(),
            events,
            options.settings,
            options.seeds);
    options.make(
        command,
        plan.runs(),
        (records, report) -> {
          options.write(command, "surface.json", report.json());
          options.write(command, "surface.md", SurfaceReport.markdown(report));
        });
    return 0;
  }
}
