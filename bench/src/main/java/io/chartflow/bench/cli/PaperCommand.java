package io.chartflow.bench.cli;

import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.paper.ChartChoice;
import io.chartflow.bench.paper.FlowModel;
import io.chartflow.bench.paper.PaperMarkdown;
import io.chartflow.bench.paper.PaperPictures;
import io.chartflow.bench.paper.PaperPlan;
import io.chartflow.bench.paper.PaperSet;
import io.chartflow.bench.paper.Way;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow experiment paper}: tables 1 and 2 of Sidheekh et al., UAI 2022. */
@Command(
    name = "paper",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Seven shapes, each with several flows, with charts and without: as one pass over a stream,"
            + " and as the paper learns, in epochs over 5,000 points.")
final class PaperCommand implements Callable<Integer> {

  /** Which of the two ways to learn. */
  enum Ways {
    STREAM,
    PAPER,
    BOTH
  }

  private static final int EPOCHS = 100;

  @Spec @Nullable CommandSpec spec;

  @Mixin ExperimentOptions options = new ExperimentOptions();

  @Option(names = "--way", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Ways way = Ways.BOTH;

  @Option(names = "--sets", split = ",", paramLabel = "NAME", description = "shapes (default: all)")
  List<String> sets = Stream.of(PaperSet.values()).map(PaperSet::text).toList();

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description = "some of realnvp, maf, cef, spline (default: all)")
  List<String> models = Stream.of(FlowModel.values()).map(FlowModel::text).toList();

  @Option(
      names = "--charts",
      split = ",",
      paramLabel = "K",
      description =
          "numbers of charts, 1 is the base (default: 64,1; the paper's way 8,32,64,1); of several"
              + " the paper's way takes the one that validates best")
  List<Integer> charts = List.of();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events of one pass (default: ${DEFAULT-VALUE})")
  long events = 1_000_000;

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    options.check();
    PaperPlan plan =
        new PaperPlan(
            ways(),
            sets.stream().map(PaperSet::named).toList(),
            models.stream().map(FlowModel::named).toList(),
            charts,
            options.seeds,
            options.settings);
    List<Run> runs = plan.runs();
    options.make(
        command,
        runs,
        ChartChoice::cells,
        (records, report) -> {
          options.write(command, "paper.json", report.json());
          List<RunRecord> shown = ChartChoice.winners(records);
          Map<String, byte[]> pictures = new PaperPictures(options.store(), runs, shown).all();
          pictures.forEach((name, png) -> options.write(command, name + ".png", png));
          options.write(command, "paper.md", PaperMarkdown.of(report, pictures.keySet()));
        });
    return 0;
  }

  private List<Way> ways() {
    return switch (way) {
      case STREAM -> List.of(PaperPlan.stream(events));
      case PAPER -> List.of(PaperPlan.epochs(EPOCHS));
      case BOTH -> List.of(PaperPlan.stream(events), PaperPlan.epochs(EPOCHS));
    };
  }
}
