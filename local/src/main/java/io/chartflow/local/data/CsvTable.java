package io.chartflow.local.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * A CSV table with a header, in UTF-8, unpacked when its name ends in {@code .gz}; opened as often
 * as needed.
 */
final class CsvTable {

  /** Opens the bytes of the table. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .setAllowMissingColumnNames(true)
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private final String name;
  private final Opener opener;

  CsvTable(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  String name() {
    return name;
  }

  /** Names of the columns. */
  List<String> columns() {
    try (CSVParser parser = open()) {
      return List.copyOf(parser.getHeaderNames());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Number of rows. Reads the whole table. */
  long countRows() {
    try (CSVParser parser = open()) {
      return parser.stream().count();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  /** A parser that stands before the first row. */
  CSVParser open() {
    try {
      InputStream bytes = opener.open();
      InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return FORMAT.parse(
          withoutByteOrderMark(
              new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16)));
    } catch (IOException e) {
      throw unreadable(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " needs a header with different names in its first line: " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException unreadable(Exception e) {
    return new IllegalArgumentException("cannot read " + name + " as CSV: " + e, e);
  }

  private static Reader withoutByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }
}
