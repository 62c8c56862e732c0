package io.chartflow.connect.density;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Density records as JSON: names in snake case, what is null left out, {@code density_sum} in lower
 * case, the posterior as a list of {@code {"chart":3,"probability":0.97}}. Numbers come back bit
 * for bit. JSON has no word for a number that is not finite: it is the string {@code "NaN"}, {@code
 * "Infinity"} or {@code "-Infinity"}. Readers skip names that they do not know.
 */
public final class DensityJson {

  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private DensityJson() {}

  /** The JSON of a record, UTF-8. */
  public static byte[] toBytes(DensityRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("topic", record.topic());
      json.writeNumberField("partition", record.partition());
      json.writeNumberField("offset", record.offset());
      json.writeNumberField("event_time", record.eventTime());
      json.writeStringField("status", record.status().name());
      writeScore(json, record);
      writeAtlas(json, record);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a density record", e);
    }
    return out.toByteArray();
  }

  /**
   * The record of its JSON.
   *
   * @throws IllegalArgumentException saying what was expected, what came and where
   */
  public static DensityRecord fromBytes(byte[] json) {
    return new DensityParser().parse(json);
  }

  private static void writeScore(JsonGenerator json, DensityRecord record) throws IOException {
    writeDouble(json, "log_density", record.logDensity());
    if (record.densitySum() != null) {
      json.writeStringField("density_sum", record.densitySum().name().toLowerCase(Locale.ROOT));
    }
    writeDouble(json, "surprisal", record.surprisal());
    writeDouble(json, "p_value", record.pValue());
    writeTruth(json, "anomaly", record.anomaly());
    writeTruth(json, "guarded", record.guarded());
    if (record.chart() != null) {
      json.writeNumberField("chart", record.chart());
    }
    if (record.posterior() != null) {
      json.writeArrayFieldStart("posterior");
      for (ChartProbability entry : record.posterior()) {
        json.writeStartObject();
        json.writeNumberField("chart", entry.chart());
        json.writeNumberField("probability", entry.probability());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (record.offManifoldDistance() != null) {
      json.writeNumberField("off_manifold_distance", record.offManifoldDistance());
    }
    if (record.attribution() != null) {
      json.writeArrayFieldStart("attribution");
      for (Contribution entry : record.attribution()) {
        json.writeStartObject();
        json.writeStringField("feature", entry.feature());
        json.writeNumberField("nats", entry.nats());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    writeDouble(json, "attribution_error", record.attributionError());
    writeNames(json, "imputed", record.imputed());
    writeNames(json, "marginalised", record.marginalised());
  }

  private static void writeAtlas(JsonGenerator json, DensityRecord record) throws IOException {
    writeLong(json, "atlas_version", record.atlasVersion());
    if (record.atlasConfigHash() != null) {
      json.writeStringField("atlas_config_hash", record.atlasConfigHash());
    }
    writeLong(json, "atlas_events", record.atlasEvents());
    writeLong(json, "atlas_event_time", record.atlasEventTime());
    writeTruth(json, "in_sample", record.inSample());
  }

  private static void writeNames(JsonGenerator json, String name, @Nullable List<String> names)
      throws IOException {
    if (names != null) {
      json.writeArrayFieldStart(name);
      for (String entry : names) {
        json.writeString(entry);
      }
      json.writeEndArray();
    }
  }

  private static void writeTruth(JsonGenerator json, String name, @Nullable Boolean value)
      throws IOException {
    if (value != null) {
      json.writeBooleanField(name, value);
    }
  }

  private static void writeDouble(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }

  private static void writeLong(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }
}
