package io.chartflow.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows {@code [from, to)} of a table in their order, and from the first again after the last.
 */
final class CsvSource implements EventSource {

  private static final Logger LOG = LoggerFactory.getLogger(CsvSource.class);

  private final CsvTable table;
  private final List<DataField> fields;
  private final long from;
  private final long to;
  private final @Nullable String[] cells;
  private CSVParser parser;
  private Iterator<CSVRecord> rows;
  private long row;
  private long index = -1;

  CsvSource(CsvTable table, List<DataField> fields, long from, long to) {
    this.table = table;
    this.fields = fields;
    this.from = from;
    this.to = to;
    this.cells = new String[fields.size()];
    this.parser = table.open();
    this.rows = parser.iterator();
  }

  @Override
  public void next() {
    CSVRecord record = read();
    if (record == null) {
      if (index < 0) {
        throw new IllegalArgumentException(table.name() + " has no row to read");
      }
      LOG.warn(
          "{}: all of its rows were read ({} events so far); going on from the first row again",
          table.name(),
          index + 1);
      reopen();
      record = read();
    }
    if (record == null) {
      throw new IllegalStateException(table.name() + " lost its rows while it was read");
    }
    for (int j = 0; j < cells.length; j++) {
      String name = fields.get(j).name();
      cells[j] = record.isSet(name) ? record.get(name) : null;
    }
    index++;
  }

  /** The next row of the range, or null behind its end. */
  private @Nullable CSVRecord read() {
    try {
      for (; row < from && rows.hasNext(); row++) {
        rows.next();
      }
      if (row >= to || !rows.hasNext()) {
        return null;
      }
      row++;
      return rows.next();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new IllegalArgumentException(
          table.name() + ", line " + parser.getCurrentLineNumber() + ": " + e.getMessage(), e);
    }
  }

  private void reopen() {
    close();
    parser = table.open();
    rows = parser.iterator();
    row = 0;
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public double value(int field) {
    return CsvCells.number(cells[field]);
  }

  @Override
  public String json(int field) {
    return CsvCells.json(cells[field]);
  }

  @Override
  public void copyTo(double[] target) {
    for (int j = 0; j < cells.length; j++) {
      target[j] = value(j);
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + table.name(), e);
    }
  }
}
