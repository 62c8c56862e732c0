package io.chartflow.connect.density;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON that {@link DensityJson} describes, one record after the other into one buffer:
 * what it allocates is the bytes that it returns. The same record gives the same bytes on every
 * JDK. Used by one thread.
 */
public final class DensityWriter {

  private static final byte[] TOPIC = ascii("{\"topic\":");
  private static final byte[] PARTITION = ascii(",\"partition\":");
  private static final byte[] OFFSET = ascii(",\"offset\":");
  private static final byte[] EVENT_TIME = ascii(",\"event_time\":");
  private static final byte[] STATUS = ascii(",\"status\":");
  private static final byte[] LOG_DENSITY = ascii(",\"log_density\":");
  private static final byte[] SURPRISAL = ascii(",\"surprisal\":");
  private static final byte[] P_VALUE = ascii(",\"p_value\":");
  private static final byte[] ANOMALY = ascii(",\"anomaly\":");
  private static final byte[] GUARDED = ascii(",\"guarded\":");
  private static final byte[] CHART = ascii(",\"chart\":");
  private static final byte[] POSTERIOR = ascii(",\"posterior\":[");
  private static final byte[] ENTRY_CHART = ascii("{\"chart\":");
  private static final byte[] PROBABILITY = ascii(",\"probability\":");
  private static final byte[] OFF_MANIFOLD_DISTANCE = ascii(",\"off_manifold_distance\":");
  private static final byte[] ATTRIBUTION = ascii(",\"attribution\":[");
  private static final byte[] ENTRY_FEATURE = ascii("{\"feature\":");
  private static final byte[] NATS = ascii(",\"nats\":");
  private static final byte[] ATTRIBUTION_ERROR = ascii(",\"attribution_error\":");
  private static final byte[] IMPUTED = ascii(",\"imputed\":[");
  private static final byte[] MARGINALISED = ascii(",\"marginalised\":[");
  private static final byte[] ATLAS_VERSION = ascii(",\"atlas_version\":");
  private static final byte[] ATLAS_CONFIG_HASH = ascii(",\"atlas_config_hash\":");
  private static final byte[] ATLAS_EVENTS = ascii(",\"atlas_events\":");
  private static final byte[] ATLAS_EVENT_TIME = ascii(",\"atlas_event_time\":");
  private static final byte[] IN_SAMPLE = ascii(",\"in_sample\":");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  /** By ordinal, since a name in lower case is a new String each time. */
  private static final byte[][] DENSITY_SUMS = densitySums();

  private final JsonBytes json = new JsonBytes();

  /** The JSON of a record, UTF-8. */
  public byte[] toBytes(DensityRecord record) {
    json.clear();
    json.piece(TOPIC);
    json.text(record.topic());
    json.piece(PARTITION);
    json.number((long) record.partition());
    json.piece(OFFSET);
    json.number(record.offset());
    json.piece(EVENT_TIME);
    json.number(record.eventTime());
    json.piece(STATUS);
    json.text(record.status().name());
    writeScore(record);
    writeDetails(record);
    writeAtlas(record);
    json.piece('}');
    return json.toArray();
  }

  private void writeScore(DensityRecord record) {
    write(LOG_DENSITY, record.logDensity());
    if (record.densitySum() != null) {
      json.piece(DENSITY_SUMS[record.densitySum().ordinal()]);
    }
    write(SURPRISAL, record.surprisal());
    write(P_VALUE, record.pValue());
    write(ANOMALY, record.anomaly());
    write(GUARDED, record.guarded());
    if (record.chart() != null) {
      json.piece(CHART);
      json.number((long) record.chart());
    }
    List<ChartProbability> posterior = record.posterior();
    if (posterior != null) {
      json.piece(POSTERIOR);
      for (int i = 0; i < posterior.size(); i++) {
        separate(i);
        json.piece(ENTRY_CHART);
        json.number((long) posterior.get(i).chart());
        json.piece(PROBABILITY);
        json.number(posterior.get(i).probability());
        json.piece('}');
      }
      json.piece(']');
    }
  }

  private void writeDetails(DensityRecord record) {
    if (record.offManifoldDistance() != null) {
      json.piece(OFF_MANIFOLD_DISTANCE);
      json.number((float) record.offManifoldDistance());
    }
    List<Contribution> attribution = record.attribution();
    if (attribution != null) {
      json.piece(ATTRIBUTION);
      for (int i = 0; i < attribution.size(); i++) {
        separate(i);
        json.piece(ENTRY_FEATURE);
        json.text(attribution.get(i).feature());
        json.piece(NATS);
        json.number(attribution.get(i).nats());
        json.piece('}');
      }
      json.piece(']');
    }
    write(ATTRIBUTION_ERROR, record.attributionError());
    write(IMPUTED, record.imputed());
    write(MARGINALISED, record.marginalised());
  }

  private void writeAtlas(DensityRecord record) {
    write(ATLAS_VERSION, record.atlasVersion());
    if (record.atlasConfigHash() != null) {
      json.piece(ATLAS_CONFIG_HASH);
      json.text(record.atlasConfigHash());
    }
    write(ATLAS_EVENTS, record.atlasEvents());
    write(ATLAS_EVENT_TIME, record.atlasEventTime());
    write(IN_SAMPLE, record.inSample());
  }

  private void write(byte[] name, @Nullable Double value) {
    if (value != null) {
      json.piece(name);
      json.number((double) value);
    }
  }

  private void write(byte[] name, @Nullable Long value) {
    if (value != null) {
      json.piece(name);
      json.number((long) value);
    }
  }

  private void write(byte[] name, @Nullable Boolean value) {
    if (value != null) {
      json.piece(name);
      json.piece(value ? TRUE : FALSE);
    }
  }

  private void write(byte[] name, @Nullable List<String> texts) {
    if (texts != null) {
      json.piece(name);
      for (int i = 0; i < texts.size(); i++) {
        separate(i);
        json.text(texts.get(i));
      }
      json.piece(']');
    }
  }

  private void separate(int index) {
    if (index > 0) {
      json.piece(',');
    }
  }

  private static byte[][] densitySums() {
    DensitySum[] sums = DensitySum.values();
    byte[][] pieces = new byte[sums.length][];
    for (DensitySum sum : sums) {
      String name = sum.name().toLowerCase(Locale.ROOT);
      pieces[sum.ordinal()] = ascii(",\"density_sum\":\"" + name + "\"");
    }
    return pieces;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }
}
