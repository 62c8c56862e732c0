package io.chartflow.local.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a demo did; its JSON has these names in snake case. Log-likelihoods are in nats and in the
 * units of the input.
 *
 * @param dataset the events' name
 * @param events events that Kafka acknowledged
 * @param densities density records read back
 * @param deadLetters dead letters read back
 * @param duplicates records that account for an event a second time
 * @param missing events that neither a density nor a dead letter accounts for
 * @param byStatus density records by status
 * @param nonFinite scored records without a finite log-density
 * @param inSample records scored by a version that had seen the event
 * @param pValues records with a p-value
 * @param anomalies records told as anomalies; of ordinary events the configured share
 * @param openings times that the train job found the world changed and began at its first rates
 * @param atlasVersions versions that came through the atlas topic
 * @param chartsUsed charts in use in the newest version; null if there is none
 * @param prequentialLogLikelihood of the newest version: moving mean over the train job's last
 *     batches, each scored before it was learned from; null if there is none
 * @param meanLogDensity of all density records that have one; null if none has
 * @param outOfSampleLogLikelihood the same over those that are not in sample
 * @param trueLogLikelihood mean of the true log-density; null where it is not known
 * @param seconds from the first event sent until the last density was read and all was learned
 * @param eventsPerSecond {@code events / seconds}, start-up of the jobs and warm-up included
 * @param steadyEventsPerSecond over the second half of the events; null for a run without end
 * @param startupSeconds from the command to the first event sent
 * @param peakMemoryMb largest resident size of the process; null where it is not told
 */
@JsonPropertyOrder({"dataset", "events", "densities", "dead_letters", "duplicates", "missing"})
public record DemoReport(
    String dataset,
    long events,
    long densities,
    long deadLetters,
    long duplicates,
    long missing,
    SortedMap<String, Long> byStatus,
    long nonFinite,
    long inSample,
    long pValues,
    long anomalies,
    long openings,
    long atlasVersions,
    @Nullable Integer chartsUsed,
    @Nullable Double prequentialLogLikelihood,
    @Nullable Double meanLogDensity,
    @Nullable Double outOfSampleLogLikelihood,
    @Nullable Double trueLogLikelihood,
    double seconds,
    double eventsPerSecond,
    @Nullable Double steadyEventsPerSecond,
    double startupSeconds,
    @Nullable Long peakMemoryMb) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Copies the counts. */
  public DemoReport {
    byStatus = new TreeMap<>(byStatus);
  }

  /** What should not be, one sentence each; empty for a run in order. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (duplicates > 0) {
      faults.add(duplicates + " events came out more than once");
    }
    if (missing > 0) {
      faults.add(missing + " events never came out");
    }
    if (nonFinite > 0) {
      faults.add(nonFinite + " scored records have no finite log-density");
    }
    return faults;
  }

  /** The report as a JSON object. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (IOException e) {
      throw new UncheckedIOException("a report is always JSON", e);
    }
  }

  /** Writes {@link #toJson()} to a file. */
  public void write(Path file) {
    try {
      Files.writeString(file, toJson() + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The report for a person. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    line(text, "%,d events of %s in %.1f s", events, dataset, seconds);
    line(
        text,
        "  %,d densities + %,d dead letters, %,d duplicates, %,d missing",
        densities,
        deadLetters,
        duplicates,
        missing);
    line(text, "  by status %s, %,d in sample, %,d not finite", byStatus, inSample, nonFinite);
    line(text, "  %,d anomalies among %,d p-values, %,d openings", anomalies, pValues, openings);
    line(text, "  %,d atlas versions, %s charts in use", atlasVersions, shown(chartsUsed));
    line(
        text,
        "  log-likelihood: prequential %s, all scores %s, truth %s",
        shown(prequentialLogLikelihood),
        shown(meanLogDensity),
        shown(trueLogLikelihood));
    line(
        text,
        "  %,.0f events/s with warm-up, %s events/s steady; started in %.1f s; peak memory %s MB",
        eventsPerSecond,
        steadyEventsPerSecond == null
            ? "?"
            : String.format(Locale.ROOT, "%,.0f", steadyEventsPerSecond),
        startupSeconds,
        shown(peakMemoryMb));
    for (String fault : faults()) {
      line(text, "  FAULT: %s", fault);
    }
    return text.toString();
  }

  private static String shown(@Nullable Number value) {
    if (value == null) {
      return "unknown";
    }
    return value instanceof Double
        ? String.format(Locale.ROOT, "%.3f", value.doubleValue())
        : value.toString();
  }

  private static void line(StringBuilder text, String format, @Nullable Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
