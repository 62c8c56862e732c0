package io.chartflow.local.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Columns of a CSV table. The last quarter of the rows, at most 50,000, is held out from {@link
 * #training}; {@link #events} gives all rows.
 */
final class CsvSet implements DataSet {

  private static final long MOST_HELD_OUT = 50_000;
  private static final long UNKNOWN = -1;

  private final String name;
  private final CsvTable table;
  private final List<DataField> fields;
  private long rows = UNKNOWN;

  /**
   * @throws IllegalArgumentException if the table has not all of the columns
   */
  CsvSet(String name, CsvTable table, List<DataField> fields) {
    this.name = name;
    this.table = table;
    this.fields = List.copyOf(fields);
    List<String> columns = table.columns();
    List<String> missing =
        fields.stream().map(DataField::name).filter(each -> !columns.contains(each)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          table.name() + " has no column " + quoted(missing) + "; it has " + quoted(columns));
    }
  }

  private static String quoted(List<String> names) {
    return names.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", "));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DataField> fields() {
    return fields;
  }

  @Override
  public EventSource events(long seed) {
    return new CsvSource(table, fields, 0, Long.MAX_VALUE);
  }

  @Override
  public EventSource training(long seed) {
    return new CsvSource(table, fields, 0, trainingEvents());
  }

  @Override
  public long trainingEvents() {
    return rows() - heldOutEvents();
  }

  @Override
  public EventSource heldOut(long seed, long after) {
    return new CsvSource(table, fields, trainingEvents(), Long.MAX_VALUE);
  }

  @Override
  public long heldOutEvents() {
    return Math.min(MOST_HELD_OUT, (rows() + 3) / 4);
  }

  /** Counted when first asked for: a demo over a large file need not wait for it. */
  private synchronized long rows() {
    if (rows == UNKNOWN) {
      rows = table.countRows();
      if (rows < 2) {
        throw new IllegalArgumentException(
            table.name() + " must have at least 2 rows below its header, got " + rows);
      }
    }
    return rows;
  }

  @Override
  public Optional<TrueDensity> truth() {
    return Optional.empty();
  }

  @Override
  public OptionalDouble trueLogLikelihood() {
    return OptionalDouble.empty();
  }
}
