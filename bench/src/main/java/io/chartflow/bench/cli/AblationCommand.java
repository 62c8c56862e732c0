package io.chartflow.bench.cli;

import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.paper.AblationPlan;
import io.chartflow.bench.paper.AblationReport;
import io.chartflow.bench.paper.RatePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow experiment ablation}: figure 5 of Sidheekh et al., UAI 2022. */
@Command(
    name = "ablation",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "RealNVP on the helix over numbers of charts, with the auto-encoder and with k-means in its"
            + " place.")
final class AblationCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--charts",
      split = ",",
      paramLabel = "K",
      description = "numbers of charts (default: 2,6,12,16,32,48)")
  List<Integer> charts = List.of(2, 6, 12, 16, 32, 48);

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "at most so many (default: ${DEFAULT-VALUE})")
  int epochs = 25;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "RATE",
      description = "of Adam, with charts and without (default: 0.0002,0.0005,0.001,0.005)")
  List<Double> rates = List.of(2e-4, 5e-4, 1e-3, 5e-3);

  @Option(
      names = "--rate-epochs",
      paramLabel = "N",
      description = "at most so many over the rates (default: ${DEFAULT-VALUE})")
  int rateEpochs = 100;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    List<Run> runs = new ArrayList<>();
    runs.addAll(new AblationPlan(charts, epochs, options.settings, options.seeds).runs());
    runs.addAll(new RatePlan(rates, rateEpochs, options.settings, options.seeds).runs());
    options.make(
        command,
        runs,
        (records, report) -> {
          options.write(command, "ablation.json", report.json());
          options.write(command, "ablation.png", AblationReport.picture(report));
          options.write(command, "ablation.md", AblationReport.markdown(report));
        });
    return 0;
  }
}
