package io.chartflow.bench.cli;

import io.chartflow.bench.calibration.CalibrationPlan;
import io.chartflow.bench.calibration.CalibrationReport;
import io.chartflow.bench.paper.PaperSet;
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

/** {@code chartflow experiment calibration}: whether p-values are uniform. */
@Command(
    name = "calibration",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Learns a stationary stream and looks at the p-values of fresh events.")
final class CalibrationCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--sets",
      split = ",",
      paramLabel = "NAME",
      description = "data sets (default: those of the paper)")
  List<String> sets = Stream.of(PaperSet.values()).map(PaperSet::text).toList();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events to learn from (default: ${DEFAULT-VALUE})")
  long events = 1_000_000;

  @Option(
      names = "--fresh-events",
      paramLabel = "N",
      description = "events to score then (default: ${DEFAULT-VALUE})")
  int fresh = 100_000;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    ExperimentOptions.require(fresh >= 1000, "--fresh-events must be at least 1000, got " + fresh);
    options.make(
        command,
        new CalibrationPlan(sets, events, fresh, options.settings, options.seeds).runs(),
        (records, report) -> {
          options.write(command, "calibration.json", report.json());
          options.write(command, "calibration.png", CalibrationReport.picture(records));
          options.write(command, "calibration.md", CalibrationReport.markdown(report));
        });
    return 0;
  }
}
