package io.chartflow.local.cli;

import io.chartflow.local.suggest.Column;
import io.chartflow.local.suggest.ModelSuggestion;
import io.chartflow.local.suggest.RecordSample;
import io.chartflow.local.suggest.SchemaText;
import io.chartflow.local.suggest.Suggestion;
import io.chartflow.model.config.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow suggest}. */
@Command(
    name = "suggest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads a sample of records and prints the schema that their fields ask for: resolution of"
          + " rounded values, a transform for heavy tails and odd marginals, what to do where a"
          + " field is missing; and what the model should be for such fields. Put it into"
          + " chartflow.yaml and strike out what is no feature."
    })
final class SuggestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "CSV with a header (.csv) or one JSON object a line; .gz too.")
  private Path file = Path.of("");

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many of the first records are read (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      split = ",",
      description = "Only these fields, in this order; all with numbers by default.")
  private List<String> features = List.of();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many events the stream will bring, for the charts and time scales of a short one"
              + " (default: it never ends).")
  private long events;

  @Override
  public Integer call() {
    Problems problems = new Problems("");
    problems.between("--records", records, 64, 10_000_000);
    problems.between("--events", events, 0L, Long.MAX_VALUE);
    problems.throwIfAny();
    List<Column> columns = RecordSample.read(file, records);
    PrintWriter out = spec.commandLine().getOut();
    List<Suggestion> fields = chosen(columns).stream().map(Suggestion::of).toList();
    out.print(SchemaText.of(fields));
    out.print(SchemaText.of(ModelSuggestion.of(fields, events)));
    out.flush();
    return ExitCode.OK;
  }

  private List<Column> chosen(List<Column> columns) {
    if (features.isEmpty()) {
      return columns;
    }
    return features.stream()
        .map(
            name ->
                columns.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "%s has no field \"%s\" with numbers; it has %s"
                                    .formatted(
                                        file, name, columns.stream().map(Column::name).toList()))))
        .toList();
  }
}
