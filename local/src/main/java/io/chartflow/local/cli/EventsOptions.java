package io.chartflow.local.cli;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events: a data set by name, or columns of a CSV file. */
final class EventsOptions {

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      completionCandidates = DataSetNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private @Nullable String dataset;

  @Option(
      names = "--file",
      paramLabel = "CSV",
      description = "A CSV file with a header line; unpacked if its name ends in .gz.")
  private @Nullable Path file;

  @Option(
      names = "--features",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns of the file that make the event's vector, in this order. A rounded column says"
              + " its resolution, as in delay:1.")
  private @Nullable List<String> features;

  /** The data set that was asked for, or the named one if none was. */
  DataSet orElse(@Nullable String fallback) {
    if (file != null) {
      if (dataset != null) {
        throw new IllegalArgumentException("give --dataset or --file, not both");
      }
      if (features == null) {
        throw new IllegalArgumentException(
            "--file needs --features, the columns that make the event, as in --features a,b,c");
      }
      return DataSets.file(file, features);
    }
    if (features != null) {
      throw new IllegalArgumentException("--features names columns of a --file, which is missing");
    }
    String name = dataset == null ? fallback : dataset;
    if (name == null) {
      throw new IllegalArgumentException("give --dataset NAME or --file CSV --features a,b,c");
    }
    return DataSets.named(name);
  }

  /** For the help text. */
  static final class DataSetNames implements Iterable<String> {

    @Override
    public java.util.Iterator<String> iterator() {
      return DataSets.names().iterator();
    }
  }
}
