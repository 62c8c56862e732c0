package io.chartflow.connect.density;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@link DensityJson} describes, written field by field into one buffer: who writes
 * many needs no {@link DensityRecord} for any, and what is allocated is the bytes that {@link #end}
 * returns. The methods stand in the order of the fields; what is null in a record is not called.
 * The same calls give the same bytes on every JDK. Used by one thread.
 */
public final class DensityLine {

  private static final byte[] OFFSET = ascii(",\"offset\":");
  private static final byte[] EVENT_TIME = ascii(",\"event_time\":");
  private static final byte[][] STATUS = constants("status", DensityStatus.values());
  private static final byte[] LOG_DENSITY = ascii(",\"log_density\":");
  private static final byte[][] DENSITY_SUM = constants("density_sum", lowerCase());
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

  private final JsonBytes json = new JsonBytes();
  private int entries;

  /** What goes on and on: how a record of the last topic begins, the fields of the last atlas. */
  private @Nullable String topic;

  private byte[] beginning = new byte[0];
  private @Nullable AtlasManifest atlas;
  private byte[] atlasFields = new byte[0];

  /** Begins a record with what every record has. */
  public void begin(
      String source, int partition, long offset, long eventTime, DensityStatus status) {
    if (!source.equals(topic)) {
      topic = source;
      beginning = beginning(source);
    }
    json.clear();
    json.piece(beginning);
    json.number((long) partition);
    json.piece(OFFSET);
    json.number(offset);
    json.piece(EVENT_TIME);
    json.number(eventTime);
    json.piece(STATUS[status.ordinal()]);
  }

  /** The log-density in nats. */
  public void logDensity(double nats) {
    write(LOG_DENSITY, nats);
  }

  /** Which sum the log-density is. */
  public void densitySum(DensitySum sum) {
    json.piece(DENSITY_SUM[sum.ordinal()]);
  }

  /** The negative log-density. */
  public void surprisal(double nats) {
    write(SURPRISAL, nats);
  }

  /** The p-value. */
  public void pValue(double pValue) {
    write(P_VALUE, pValue);
  }

  /** Whether the p-value is an alarm. */
  public void anomaly(boolean anomaly) {
    write(ANOMALY, anomaly);
  }

  /** Whether the guard would keep the event out. */
  public void guarded(boolean guarded) {
    write(GUARDED, guarded);
  }

  /** The most probable chart. */
  public void chart(int chart) {
    json.piece(CHART);
    json.number((long) chart);
  }

  /** Begins the posterior, which {@link #endList} ends. */
  public void beginPosterior() {
    beginList(POSTERIOR);
  }

  /** An entry of the posterior. */
  public void probability(int chart, float probability) {
    separate();
    json.piece(ENTRY_CHART);
    json.number((long) chart);
    json.piece(PROBABILITY);
    json.number(probability);
    json.piece('}');
  }

  /** Ends the posterior or the attribution. */
  public void endList() {
    json.piece(']');
  }

  /** The distance from the surface. */
  public void offManifoldDistance(float distance) {
    json.piece(OFF_MANIFOLD_DISTANCE);
    json.number(distance);
  }

  /** Begins the attribution, which {@link #endList} ends. */
  public void beginAttribution() {
    beginList(ATTRIBUTION);
  }

  /** An entry of the attribution. */
  public void contribution(String feature, double nats) {
    separate();
    json.piece(ENTRY_FEATURE);
    json.text(feature);
    write(NATS, nats);
    json.piece('}');
  }

  /** What the attribution lacks of the surprisal. */
  public void attributionError(double nats) {
    write(ATTRIBUTION_ERROR, nats);
  }

  /** Fields that the chart's mean stands in for. */
  public void imputed(List<String> names) {
    write(IMPUTED, names);
  }

  /** Fields that the density leaves out. */
  public void marginalised(List<String> names) {
    write(MARGINALISED, names);
  }

  /** The version that scored: its number, configuration, events and, where it tells one, time. */
  public void atlas(AtlasManifest manifest) {
    if (!manifest.equals(atlas)) {
      int from = json.size();
      atlasVersion(manifest.version());
      atlasConfigHash(manifest.configHash());
      atlasEvents(manifest.events());
      if (manifest.eventTimeMillis() != Long.MIN_VALUE) {
        atlasEventTime(manifest.eventTimeMillis());
      }
      atlas = manifest;
      atlasFields = json.toArray(from);
    } else {
      json.piece(atlasFields);
    }
  }

  /** The version's number. */
  void atlasVersion(long version) {
    write(ATLAS_VERSION, version);
  }

  /** The version's configuration. */
  void atlasConfigHash(String hash) {
    json.piece(ATLAS_CONFIG_HASH);
    json.text(hash);
  }

  /** The events that the version had seen. */
  void atlasEvents(long events) {
    write(ATLAS_EVENTS, events);
  }

  /** The latest event time that the version had learned from. */
  void atlasEventTime(long millis) {
    write(ATLAS_EVENT_TIME, millis);
  }

  /** Whether the version had seen this very event. */
  public void inSample(boolean inSample) {
    write(IN_SAMPLE, inSample);
  }

  /** Ends the record; its JSON, UTF-8, in an array of its own. */
  public byte[] end() {
    json.piece('}');
    return json.toArray(0);
  }

  private void write(byte[] name, double value) {
    json.piece(name);
    json.number(value);
  }

  private void write(byte[] name, long value) {
    json.piece(name);
    json.number(value);
  }

  private void write(byte[] name, boolean value) {
    json.piece(name);
    json.piece(value ? TRUE : FALSE);
  }

  private void write(byte[] name, List<String> texts) {
    beginList(name);
    for (String text : texts) {
      separate();
      json.text(text);
    }
    endList();
  }

  private void beginList(byte[] name) {
    json.piece(name);
    entries = 0;
  }

  private void separate() {
    if (entries++ > 0) {
      json.piece(',');
    }
  }

  private static byte[] beginning(String topic) {
    JsonBytes json = new JsonBytes();
    json.piece(ascii("{\"topic\":"));
    json.text(topic);
    json.piece(ascii(",\"partition\":"));
    return json.toArray(0);
  }

  /** A field with each of its values, by ordinal. */
  private static byte[][] constants(String name, Object[] values) {
    byte[][] pieces = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      pieces[i] = ascii(",\"" + name + "\":\"" + values[i] + "\"");
    }
    return pieces;
  }

  private static String[] lowerCase() {
    DensitySum[] sums = DensitySum.values();
    String[] names = new String[sums.length];
    for (DensitySum sum : sums) {
      names[sum.ordinal()] = sum.name().toLowerCase(Locale.ROOT);
    }
    return names;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }
}
