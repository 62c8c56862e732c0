package io.chartflow.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.connect.meter.Meter;
import io.chartflow.connect.meter.MeterNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DashboardTest {

  private static final Path DASHBOARD = Path.of("dashboards", "chartflow.json");
  private static final Pattern NAME = Pattern.compile("chartflow_[a-z0-9_]+");
  private static final Pattern LABEL = Pattern.compile("by \\(([a-z, ]+)\\)|\\{\\{([a-z]+)}}");

  private final Map<String, Meter> meters =
      MeterNames.MONITOR.stream()
          .collect(Collectors.toMap(Meter::prometheusName, Function.identity()));
  private final JsonNode dashboard = read();

  @Test
  void everyQueryUsesMetersThatExist() {
    for (JsonNode query : queries()) {
      Set<String> names = names(query.path("expr").asText());
      assertThat(names).as("names in %s", query).isNotEmpty();
      assertThat(meters.keySet()).containsAll(names);
    }
  }

  @Test
  void everyLabelIsATagOfTheQuerysMeter() {
    for (JsonNode query : queries()) {
      Set<String> tags = new HashSet<>();
      names(query.path("expr").asText()).stream()
          .map(name -> meters.getOrDefault(name, MeterNames.MONITOR_LATE))
          .forEach(meter -> tags.addAll(meter.tags()));
      Matcher label =
          LABEL.matcher(query.path("expr").asText() + query.path("legendFormat").asText());
      while (label.find()) {
        String names = label.group(1) == null ? label.group(2) : label.group(1);
        assertThat(tags).contains(names.split(",\\s*", -1));
      }
    }
  }

  @Test
  void everyMeterOfTheMonitorIsOnTheDashboard() {
    Set<String> shown = new HashSet<>();
    queries().forEach(query -> shown.addAll(names(query.path("expr").asText())));

    assertThat(shown).containsExactlyInAnyOrderElementsOf(meters.keySet());
  }

  @Test
  void panelsHaveTheirOwnNumbersAndDoNotOverlap() {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < at.path("w").asInt(); x++) {
        for (int y = 0; y < at.path("h").asInt(); y++) {
          String cell = (at.path("x").asInt() + x) + "/" + (at.path("y").asInt() + y);
          assertThat(cells.add(cell)).as("%s at %s", panel.path("title"), cell).isTrue();
        }
      }
    }
  }

  private List<JsonNode> queries() {
    List<JsonNode> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      panel.path("targets").forEach(queries::add);
    }
    dashboard.path("annotations").path("list").forEach(queries::add);
    assertThat(queries).isNotEmpty();
    return Collections.unmodifiableList(queries);
  }

  private static Set<String> names(String query) {
    return NAME.matcher(query).results().map(found -> found.group()).collect(Collectors.toSet());
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Files.readString(DASHBOARD));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
