package io.chartflow.local.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The data sets by name, and files as data sets. */
public final class DataSets {

  private static final String FLIGHTS = "flights.csv.gz";
  private static final Map<String, Supplier<DataSet>> BY_NAME = new LinkedHashMap<>();

  // Beside each generator the mean of its log-density over 1.5 million draws, to about 0.001 nats.
  static {
    generated("helix", Tubes::helix, -0.132);
    generated("knotted", Tubes::knotted, -2.971);
    generated("lissajous", Tubes::lissajous, -2.193);
    generated("disjoint-circles", Tubes::disjointCircles, -0.044);
    generated("twisted-eight", Tubes::twistedEight, -2.137);
    generated("interlocked-circles", Tubes::interlockedCircles, -2.150);
    generated("spherical", SphereBlobs::new, 0.129);
    generated("projected-normal", ProjectedNormal::new, -1.837);
    generated("two-moons", Tubes::twoMoons, -1.008);
    generated("rings", Tubes::rings, -2.214);
    // Slow enough for versions that come every 50,000 events or with a checkpoint: within 100,000
    // events its points move by 0.6 standard deviations of the noise, by 6 of the fast one.
    generated("drifting", () -> new Drift(Tubes.interlockedCircles(), 4e7, 1.0), -2.150);
    generated("drifting-fast", () -> new Drift(Tubes.interlockedCircles(), 4e6, 1.0), -2.150);
    BY_NAME.put("flights", DataSets::flights);
  }

  private DataSets() {}

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * The data set of that name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static DataSet named(String name) {
    Supplier<DataSet> found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "dataset must be one of " + String.join(", ", names()) + ", got " + name);
    }
    return found.get();
  }

  /**
   * Columns of a CSV file with a header, unpacked if its name ends in {@code .gz}.
   *
   * @param features names of the columns, each with its resolution behind a colon if it is rounded:
   *     {@code delay:1}
   * @throws IllegalArgumentException if the file cannot be read or has not these columns
   */
  public static DataSet file(Path file, List<String> features) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("file must be a file that exists, got " + file);
    }
    CsvTable table = new CsvTable(file.toString(), () -> Files.newInputStream(file));
    List<String> columns = table.columns();
    List<DataField> fields = features.stream().map(each -> field(each, columns)).toList();
    Set<String> seen = new HashSet<>();
    for (DataField each : fields) {
      if (!seen.add(each.name())) {
        throw new IllegalArgumentException("features must differ, got " + each.name() + " twice");
      }
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "features must name at least one column of " + String.join(", ", columns));
    }
    return new CsvSet(file.getFileName() + "", table, fields);
  }

  /** Reads {@code name} or {@code name:resolution}; a column may have a colon in its own name. */
  private static DataField field(String text, List<String> columns) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || columns.contains(text)) {
      return DataField.continuous(text);
    }
    double resolution = CsvCells.number(text.substring(colon + 1));
    if (!(resolution > 0)) {
      throw new IllegalArgumentException(
          "features must be name or name:resolution with a resolution above 0, got " + text);
    }
    return new DataField(text.substring(0, colon), resolution);
  }

  /**
   * Real flights: hour of departure (whole minutes, printed as hours to four decimals), delay in
   * whole minutes, distance in whole miles. Source and terms stand in {@code FLIGHTS.md} beside the
   * file.
   */
  private static DataSet flights() {
    List<DataField> fields =
        List.of(
            new DataField("departure_hour", 1.0 / 60),
            new DataField("delay_minutes", 1),
            new DataField("distance_miles", 1));
    return new CsvSet("flights", new CsvTable(FLIGHTS, DataSets::openFlights), fields);
  }

  private static InputStream openFlights() throws IOException {
    InputStream found = DataSets.class.getResourceAsStream(FLIGHTS);
    if (found == null) {
      throw new IOException(FLIGHTS + " is not on the class path");
    }
    return found;
  }

  /** Told a cell of a CSV table by the name of its column; NaN where it holds no number. */
  @FunctionalInterface
  public interface CellReader {
    /** Takes a cell. */
    void take(String column, double value);
  }

  /**
   * Reads the first {@code most} rows of a CSV table.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static void readColumns(Path file, int most, CellReader to) {
    CsvTable table = new CsvTable(file.toString(), () -> Files.newInputStream(file));
    List<DataField> fields = table.columns().stream().map(DataField::continuous).toList();
    try (EventSource rows = new CsvSource(table, fields, 0, most)) {
      long count = Math.min(most, table.countRows());
      for (long i = 0; i < count; i++) {
        rows.next();
        for (int j = 0; j < fields.size(); j++) {
          to.take(fields.get(j).name(), rows.value(j));
        }
      }
    }
  }

  private static void generated(String name, Supplier<Generator> generator, double mean) {
    BY_NAME.put(name, () -> new GeneratedSet(name, generator.get(), mean));
  }
}
