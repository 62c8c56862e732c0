package io.chartflow.bench.engine;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * What a contender measured of one kind of work.
 *
 * @param work that was done
 * @param batch rows of a step
 * @param values numbers by name, {@link #ROWS} among them
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Pace(String work, int batch, Map<String, Double> values) {

  /** Rows a second: the median of some stretches of equally many steps. */
  public static final String ROWS = "rows_per_second";

  /** Bytes of heap that a step allocates. */
  public static final String BYTES = "bytes_per_step";

  /** Charts that cover an event, on average. */
  public static final String CHARTS = "charts_per_event";

  /** Largest difference of a log-density from ours, nats. */
  public static final String ERROR = "log_density_error";
}
