package io.chartflow.connect.density;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.engine.DensitySum;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityJsonTest {

  @Test
  void aFullRecordIsWrittenInSnakeCase() {
    String json = new String(DensityJson.toBytes(scored(-1.5, 0.25f)), UTF_8);

    assertThat(json)
        .isEqualTo(
            "{\"topic\":\"events\",\"partition\":2,\"offset\":10433,\"event_time\":1700,"
                + "\"status\":\"OK\",\"log_density\":-1.5,\"density_sum\":\"truncated\","
                + "\"surprisal\":1.5,\"p_value\":0.125,"
                + "\"anomaly\":false,\"guarded\":true,\"chart\":3,"
                + "\"posterior\":[{\"chart\":3,\"probability\":0.25}],"
                + "\"off_manifold_distance\":0.25,"
                + "\"attribution\":[{\"feature\":\"x\",\"nats\":-1.5}],"
                + "\"attribution_error\":0.001,"
                + "\"imputed\":[\"y\"],\"marginalised\":[\"z\",\"w\"],\"atlas_version\":7,"
                + "\"atlas_config_hash\":\"0123456789abcdef\",\"atlas_events\":50000,"
                + "\"atlas_event_time\":1600,\"in_sample\":false}");
  }

  @Test
  void whatIsNullIsLeftOut() {
    DensityRecord record = DensityRecord.noAtlas("events", 0, 1, 2);

    byte[] json = DensityJson.toBytes(record);

    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"topic\":\"events\",\"partition\":0,\"offset\":1,\"event_time\":2,"
                + "\"status\":\"NO_ATLAS\"}");
    assertThat(DensityJson.fromBytes(json)).isEqualTo(record);
  }

  @Test
  void recordsThatShareATopicOrAnAtlasAreWrittenAsIfAlone() {
    AtlasManifest third = manifest(3, 1_600);
    AtlasManifest fourth = manifest(4, Long.MIN_VALUE);
    DensityLine line = new DensityLine();

    List<String> lines = new ArrayList<>();
    for (AtlasManifest each : List.of(third, third, fourth, fourth, third)) {
      lines.add(written(line, lines.size() < 2 ? "a" : "b\"", each));
    }

    String time = ",\"atlas_event_time\":1600";
    assertThat(lines)
        .containsExactly(
            shared("a", 3, time),
            shared("a", 3, time),
            shared("b\\\"", 4, ""),
            shared("b\\\"", 4, ""),
            shared("b\\\"", 3, time));
  }

  private static String written(DensityLine line, String topic, AtlasManifest atlas) {
    line.begin(topic, 1, 2, 3, DensityStatus.WARMUP);
    line.atlas(atlas);
    return new String(line.end(), UTF_8);
  }

  private static String shared(String topic, long version, String time) {
    return "{\"topic\":\"%s\",\"partition\":1,\"offset\":2,\"event_time\":3,\"status\":\"WARMUP\""
            .formatted(topic)
        + ",\"atlas_version\":%d,\"atlas_config_hash\":\"hash\",\"atlas_events\":9%s}"
            .formatted(version, time);
  }

  private static AtlasManifest manifest(long version, long eventTime) {
    return new AtlasManifest(version, 0, "hash", 9, 1, new TreeMap<>(), eventTime, 0, 1);
  }

  @Test
  void numbersComeBackBitForBit() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      DensityRecord record =
          scored(
              Double.longBitsToDouble(random.nextLong()), Float.intBitsToFloat(random.nextInt()));

      assertThat(DensityJson.fromBytes(DensityJson.toBytes(record))).isEqualTo(record);
    }
  }

  @Test
  void numbersThatAreNotFiniteComeBackToo() {
    for (double value : List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)) {
      DensityRecord record = scored(value, (float) value);

      assertThat(DensityJson.fromBytes(DensityJson.toBytes(record))).isEqualTo(record);
    }
    assertThat(new String(DensityJson.toBytes(scored(Double.NaN, 0)), UTF_8))
        .contains("\"log_density\":\"NaN\"");
  }

  @Test
  void namesThatAReaderDoesNotKnowAreSkipped() {
    String json =
        "{\"later\":{\"a\":[1]},\"topic\":\"e\",\"partition\":0,\"offset\":1,\"event_time\":2,"
            + "\"status\":\"NO_ATLAS\",\"chart\":null}";

    assertThat(DensityJson.fromBytes(json.getBytes(UTF_8)))
        .isEqualTo(DensityRecord.noAtlas("e", 0, 1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x                                      | expected JSON, got",
        "[1]                                    | field \"the record\" is [, expected an object",
        "{}                                     | field \"topic\" is missing",
        "{\"topic\":1}                          | field \"topic\" is 1, expected a string",
        "{\"offset\":\"1\"}                     | field \"offset\" is 1, expected a whole number",
        "{\"partition\":3000000000}             | field \"partition\" is 3000000000, expected at most",
        "{\"status\":\"GOOD\"}                  | expected one of [OK, WARMUP, NO_ATLAS]",
        "{\"log_density\":\"x\"}                | field \"log_density\" is x, expected a number",
        "{\"posterior\":[{\"chart\":1}]}        | field \"posterior.probability\" is missing",
        "{\"attribution\":[{\"nats\":1}]}     | field \"attribution.feature\" is missing",
        "{\"attribution\":{}}                 | field \"attribution\" is {, expected a list",
        "{\"imputed\":[1]}                    | field \"imputed[0]\" is 1, expected a string",
        "{\"in_sample\":0}                      | field \"in_sample\" is 0, expected true or false",
        "{\"topic\":\"e\",\"offset\":1,         | expected JSON, got",
      })
  void whatIsNoDensityRecordIsToldWithItsField(String json, String message) {
    assertThatThrownBy(() -> DensityJson.fromBytes(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("density record: ")
        .hasMessageContaining(message);
  }

  private static DensityRecord scored(double logDensity, float probability) {
    return new DensityRecord(
        "events",
        2,
        10433,
        1700,
        DensityStatus.OK,
        logDensity,
        DensitySum.TRUNCATED,
        -logDensity,
        0.125,
        false,
        true,
        3,
        List.of(new ChartProbability(3, probability)),
        probability,
        List.of(new Contribution("x", logDensity)),
        0.001,
        List.of("y"),
        List.of("z", "w"),
        7L,
        "0123456789abcdef",
        50_000L,
        1600L,
        false);
  }
}
