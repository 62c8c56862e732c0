package io.chartflow.local.data;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a cell of a CSV file is: as a number, and as a JSON value. */
final class CsvCells {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private CsvCells() {}

  /** The number in a cell; NaN where it holds none. */
  static double number(@Nullable String cell) {
    return cell != null && NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
  }

  /**
   * The cell as a JSON value: a number as it is written (or as JSON writes it: {@code .5} becomes
   * {@code 0.5}), any other text as a string, a cell that is not there as {@code null}.
   */
  static String json(@Nullable String cell) {
    if (cell == null) {
      return "null";
    }
    if (JSON_NUMBER.matcher(cell).matches()) {
      return cell;
    }
    double number = number(cell);
    if (Double.isFinite(number)) {
      return Double.toString(number);
    }
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(cell)) + '"';
  }
}
