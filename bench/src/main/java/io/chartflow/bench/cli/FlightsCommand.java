package io.chartflow.bench.cli;

import io.chartflow.bench.flights.Contender;
import io.chartflow.bench.flights.FlightsPlan;
import io.chartflow.bench.flights.FlightsReport;
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

/** {@code chartflow experiment flights}: real data. */
@Command(
    name = "flights",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Real flights: charts against one global flow of the same training, a global spline flow and"
            + " a Gaussian kernel density estimate.")
final class FlightsCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(names = "--models", split = ",", paramLabel = "NAME", description = "default: all")
  List<String> models = Stream.of(Contender.values()).map(Contender::text).toList();

  @Option(
      names = "--passes",
      split = ",",
      paramLabel = "N",
      description = "passes over the rows (default: 1,10)")
  List<Integer> passes = List.of(1, 10);

  @Option(names = "--rows", description = "to learn from (default: ${DEFAULT-VALUE})")
  int rows = 150_000;

  @Option(names = "--test-rows", description = "to test on (default: ${DEFAULT-VALUE})")
  int test = 50_000;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    FlightsPlan plan =
        new FlightsPlan(
            models.stream().map(Contender::named).toList(),
            passes,
            rows,
            test,
            options.settings,
            options.seeds);
    options.make(
        command,
        plan.runs(),
        (records, report) -> {
          options.write(command, "flights.json", report.json());
          options.write(command, "flights.md", FlightsReport.markdown(report));
        });
    return 0;
  }
}
