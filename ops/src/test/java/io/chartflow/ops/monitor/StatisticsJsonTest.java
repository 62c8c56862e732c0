package io.chartflow.ops.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.ChartMass;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatisticsJsonTest {

  private static final StatisticsRecord FULL =
      new StatisticsRecord(
          1_000,
          2_000,
          true,
          30,
          1_999,
          Map.of(DensityStatus.OK, 20L, DensityStatus.WARMUP, 10L),
          new LogDensity(30, -1.5, -9.25, 2, -8, -3, -1, 1, 1.75, 0.0035),
          new PValues(20, 0.1, 0.05, 0),
          List.of(new ChartMass(0, 0.25), new ChartMass(63, 0.75)),
          new AtlasAge(7, 350_000L, 2_500L, 41),
          0.5,
          3L,
          1L,
          2L);

  private static final String FULL_V1 =
      "{\"format\":1,\"window_start\":1000,\"window_end\":2000,\"complete\":true,\"events\":30,"
          + "\"last_event_time\":1999,\"statuses\":{\"OK\":20,\"WARMUP\":10,\"NO_ATLAS\":0},"
          + "\"log_density\":{\"count\":30,\"mean\":-1.5,\"min\":-9.25,\"max\":2.0,\"q01\":-8.0,"
          + "\"q10\":-3.0,\"q50\":-1.0,\"q90\":1.0,\"q99\":1.75,\"rank_error\":0.0035},"
          + "\"p_values\":{\"count\":20,\"below10\":0.1,\"below1\":0.05,\"below01\":0.0},"
          + "\"charts\":[{\"chart\":0,\"mass\":0.25},{\"chart\":63,\"mass\":0.75}],"
          + "\"atlas\":{\"version\":7,\"events\":350000,\"age_millis\":2500,\"age_events\":41},"
          + "\"in_sample_share\":0.5,\"anomalies\":3,\"guarded\":1,\"incomplete\":2}";

  @Test
  void theJsonIsAsDocumented() {
    assertThat(new String(StatisticsJson.toBytes(FULL), UTF_8)).isEqualTo(FULL_V1);
  }

  @Test
  void formatOneLoadsForEver() {
    assertThat(StatisticsJson.fromBytes(FULL_V1.getBytes(UTF_8))).isEqualTo(FULL);
  }

  @Test
  void aRecordOfBeforeAlarmsWereCountedLoads() {
    String before = FULL_V1.replaceAll(",\"anomalies\".*", "}");
    StatisticsRecord read = StatisticsJson.fromBytes(before.getBytes(UTF_8));

    assertThat(read.anomalies()).isNull();
    assertThat(read.guarded()).isNull();
    assertThat(read.incomplete()).isNull();
    assertThat(read.anomalyShare()).isNull();
    assertThat(read.inSampleShare()).isEqualTo(0.5);
  }

  @Test
  void aWindowWithoutAnyDensityComesBack() {
    StatisticsRecord bare =
        new StatisticsRecord(
            0,
            10,
            false,
            3,
            9,
            Map.of(DensityStatus.NO_ATLAS, 3L),
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null,
            0L);

    assertThat(StatisticsJson.fromBytes(StatisticsJson.toBytes(bare))).isEqualTo(bare);
  }

  @Test
  void fieldsOfALaterTimeAreIgnored() {
    String later = FULL_V1.replace("\"events\":30", "\"events\":30,\"weather\":\"fair\"");

    assertThat(StatisticsJson.fromBytes(later.getBytes(UTF_8))).isEqualTo(FULL);
  }

  @Test
  void anotherFormatAndForeignBytesAreRefused() {
    for (String json :
        List.of("{}", "[]", "7", "", "nonsense", FULL_V1.replace("\"format\":1", "\"format\":2"))) {
      assertThatThrownBy(() -> StatisticsJson.fromBytes(json.getBytes(UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("statistics record: ");
    }
  }

  @Test
  void everyNameIsInTheDocumentOfTheTopics() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "topics.md"));
    String section = document.substring(document.indexOf("## `density-statistics`"));
    Set<String> names = new HashSet<>();
    names(StatisticsJson.toTree(FULL), names);

    assertThat(names).contains("window_start", "age_events", "below01");
    for (String name : names) {
      assertThat(section).containsPattern("\\b" + name + "\\b");
    }
  }

  private static void names(JsonNode node, Set<String> into) {
    node.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.matches("[A-Z_]+"))
        .forEach(into::add);
    node.forEach(child -> names(child, into));
  }
}
