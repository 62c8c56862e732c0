package io.chartflow.connect.density;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.model.engine.DensitySum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one density record, one pass over its JSON. */
final class DensityParser {

  private @Nullable String topic;
  private @Nullable Integer partition;
  private @Nullable Long offset;
  private @Nullable Long eventTime;
  private @Nullable DensityStatus status;
  private @Nullable Double logDensity;
  private @Nullable DensitySum densitySum;
  private @Nullable Double surprisal;
  private @Nullable Double pValue;
  private @Nullable Integer chart;
  private @Nullable List<ChartProbability> posterior;
  private @Nullable Float offManifoldDistance;
  private @Nullable List<Contribution> attribution;
  private @Nullable Double attributionError;
  private @Nullable List<String> imputed;
  private @Nullable List<String> marginalised;
  private @Nullable Long atlasVersion;
  private @Nullable String atlasConfigHash;
  private @Nullable Long atlasEvents;
  private @Nullable Long atlasEventTime;
  private @Nullable Boolean anomaly;
  private @Nullable Boolean guarded;
  private @Nullable Boolean inSample;

  DensityRecord parse(byte[] json) {
    try (JsonParser parser = DensityJson.JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("the record", parser, "an object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          take(name, parser);
        }
      }
      if (parser.nextToken() != null) {
        throw wrong("after the record", parser, "nothing");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "density record: expected JSON, got " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("density record: " + e.getMessage(), e);
    }
    return record();
  }

  private void take(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "topic" -> topic = text(name, parser);
      case "partition" -> partition = (int) whole(name, parser, Integer.MAX_VALUE);
      case "offset" -> offset = whole(name, parser, Long.MAX_VALUE);
      case "event_time" -> eventTime = whole(name, parser, Long.MAX_VALUE);
      case "status" -> status = constant(name, parser, DensityStatus.class);
      case "log_density" -> logDensity = number(name, parser);
      case "density_sum" -> densitySum = constant(name, parser, DensitySum.class);
      case "surprisal" -> surprisal = number(name, parser);
      case "p_value" -> pValue = number(name, parser);
      case "anomaly" -> anomaly = truth(name, parser);
      case "guarded" -> guarded = truth(name, parser);
      case "chart" -> chart = (int) whole(name, parser, Integer.MAX_VALUE);
      case "posterior" -> posterior = posterior(parser);
      case "off_manifold_distance" -> offManifoldDistance = single(name, parser);
      case "attribution" -> attribution = attribution(parser);
      case "attribution_error" -> attributionError = number(name, parser);
      case "imputed" -> imputed = names(name, parser);
      case "marginalised" -> marginalised = names(name, parser);
      case "atlas_version" -> atlasVersion = whole(name, parser, Long.MAX_VALUE);
      case "atlas_config_hash" -> atlasConfigHash = text(name, parser);
      case "atlas_events" -> atlasEvents = whole(name, parser, Long.MAX_VALUE);
      case "atlas_event_time" -> atlasEventTime = whole(name, parser, Long.MAX_VALUE);
      case "in_sample" -> inSample = truth(name, parser);
      default -> parser.skipChildren();
    }
  }

  private DensityRecord record() {
    return new DensityRecord(
        present("topic", topic),
        present("partition", partition),
        present("offset", offset),
        present("event_time", eventTime),
        present("status", status),
        logDensity,
        densitySum,
        surprisal,
        pValue,
        anomaly,
        guarded,
        chart,
        posterior,
        offManifoldDistance,
        attribution,
        attributionError,
        imputed,
        marginalised,
        atlasVersion,
        atlasConfigHash,
        atlasEvents,
        atlasEventTime,
        inSample);
  }

  private static List<ChartProbability> posterior(JsonParser parser) throws IOException {
    List<ChartProbability> entries = new ArrayList<>();
    requireList("posterior", parser);
    while (nextObject("posterior", entries.size(), parser)) {
      @Nullable Integer chart = null;
      @Nullable Float probability = null;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "chart" -> chart = (int) whole("posterior.chart", parser, Integer.MAX_VALUE);
          case "probability" -> probability = single("posterior.probability", parser);
          default -> parser.skipChildren();
        }
      }
      entries.add(
          new ChartProbability(
              present("posterior.chart", chart), present("posterior.probability", probability)));
    }
    return entries;
  }

  private static List<Contribution> attribution(JsonParser parser) throws IOException {
    List<Contribution> entries = new ArrayList<>();
    requireList("attribution", parser);
    while (nextObject("attribution", entries.size(), parser)) {
      @Nullable String feature = null;
      @Nullable Double nats = null;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "feature" -> feature = text("attribution.feature", parser);
          case "nats" -> nats = number("attribution.nats", parser);
          default -> parser.skipChildren();
        }
      }
      entries.add(
          new Contribution(
              present("attribution.feature", feature), present("attribution.nats", nats)));
    }
    return entries;
  }

  private static List<String> names(String name, JsonParser parser) throws IOException {
    List<String> names = new ArrayList<>();
    requireList(name, parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      names.add(text(name + "[" + names.size() + "]", parser));
    }
    return names;
  }

  private static void requireList(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(name, parser, "a list");
    }
  }

  /** Whether the list goes on; what comes has to be an object. */
  private static boolean nextObject(String name, int index, JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.END_ARRAY && token != JsonToken.START_OBJECT) {
      throw wrong(name + "[" + index + "]", parser, "an object");
    }
    return token == JsonToken.START_OBJECT;
  }

  private static String text(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, parser, "a string");
    }
    return parser.getText();
  }

  private static long whole(String name, JsonParser parser, long most) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(name, parser, "a whole number");
    }
    long value = parser.getLongValue();
    if (value > most) {
      throw wrong(name, parser, "at most " + most);
    }
    return value;
  }

  private static double number(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return notFinite(name, parser);
    }
    if (!parser.currentToken().isNumeric()) {
      throw wrong(name, parser, "a number");
    }
    return parser.getDoubleValue();
  }

  private static float single(String name, JsonParser parser) throws IOException {
    // From the text and not by way of a double, which would round twice.
    return parser.currentToken().isNumeric()
        ? Float.parseFloat(parser.getText())
        : (float) number(name, parser);
  }

  private static double notFinite(String name, JsonParser parser) throws IOException {
    return switch (parser.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(name, parser, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    };
  }

  private static boolean truth(String name, JsonParser parser) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw wrong(name, parser, "true or false");
    }
    return parser.getBooleanValue();
  }

  private static <E extends Enum<E>> E constant(String name, JsonParser parser, Class<E> type)
      throws IOException {
    String text = text(name, parser).toUpperCase(Locale.ROOT);
    for (E candidate : type.getEnumConstants()) {
      if (candidate.name().equals(text)) {
        return candidate;
      }
    }
    throw wrong(name, parser, "one of " + List.of(type.getEnumConstants()));
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("density record: field \"" + name + "\" is missing");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String name, JsonParser parser, String expected)
      throws IOException {
    String got = parser.currentToken() == null ? "nothing" : parser.getText();
    return new IllegalArgumentException(
        "density record: field \""
            + name
            + "\" is "
            + (got.length() > 80 ? got.substring(0, 80) + "…" : got)
            + ", expected "
            + expected);
  }
}
