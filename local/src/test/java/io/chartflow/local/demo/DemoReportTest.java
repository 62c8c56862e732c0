package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DemoReportTest {

  @Test
  void theJsonHasTheNamesThatOthersReadAndNullForWhatIsNotKnown() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report(0, 0, 0).toJson());
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "events",
            "densities",
            "dead_letters",
            "duplicates",
            "missing",
            "by_status",
            "non_finite",
            "in_sample",
            "p_values",
            "anomalies",
            "openings",
            "atlas_versions",
            "prequential_log_likelihood",
            "true_log_likelihood",
            "seconds",
            "events_per_second",
            "steady_events_per_second",
            "startup_seconds",
            "peak_memory_mb");
    assertThat(json.get("true_log_likelihood").isNull()).isTrue();
    assertThat(json.get("by_status").get("OK").asLong()).isEqualTo(9);
    assertThat(json.has("faults")).isFalse();
  }

  @Test
  void aRunInOrderHasNoFaults() {
    assertThat(report(0, 0, 0).faults()).isEmpty();
  }

  @Test
  void whatShouldNotBeIsAFaultAndStandsInTheSummary() {
    DemoReport report = report(1, 2, 3);
    assertThat(report.faults()).hasSize(3);
    assertThat(report.summary()).contains("2 anomalies among 8 p-values, 1 openings");
    assertThat(report.summary()).contains("FAULT: 1 events came out more than once");
  }

  private static DemoReport report(long duplicates, long missing, long nonFinite) {
    return new DemoReport(
        "flights",
        10,
        9,
        1,
        duplicates,
        missing,
        new TreeMap<>(Map.of("OK", 9L)),
        nonFinite,
        0,
        8,
        2,
        1,
        3,
        12,
        -2.5,
        -2.6,
        -2.7,
        null,
        1.5,
        6.7,
        null,
        3.0,
        null);
  }
}
