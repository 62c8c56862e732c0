package io.chartflow.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartflow.ops.monitor.StatisticsJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {

  private final String page = read();

  @Test
  void thePageNamesNoOtherPlace() {
    assertThat(page).doesNotContainPattern("(?i)https?:").doesNotContainPattern("[\"'(=]\\s*//");
    assertThat(page)
        .doesNotContainPattern("(?i)<(script|img|iframe|audio|video|source|embed)[^>]*\\ssrc=")
        .doesNotContainPattern("(?i)@import|url\\s*\\((?!#inside)");
    Matcher links = Pattern.compile("(?i)<link[^>]*href=\"([^\"]*)\"").matcher(page);
    while (links.find()) {
      assertThat(links.group(1)).isEqualTo("data:,");
    }
  }

  @Test
  void thePageSaysWhenThereIsNoDataAndWhenThereIsNoAnswer() {
    assertThat(page).contains("No density record yet.").contains("The monitor does not answer.");
  }

  @Test
  void thePageIsForLightAndDarkRooms() {
    assertThat(page).contains("prefers-color-scheme: dark");
  }

  @Test
  void everyFieldThatThePageReadsIsInTheApi() {
    Set<String> fields = new HashSet<>();
    SyntheticWindows.of(12, 1_700_000_000_000L, true)
        .forEach(window -> names(StatisticsJson.toTree(window), fields));

    Matcher snake = Pattern.compile("\\.([a-z]+(?:_[a-z0-9]+)+|q\\d\\d|below\\d+)").matcher(page);
    Set<String> read = new HashSet<>();
    while (snake.find()) {
      read.add(snake.group(1));
    }
    read.remove("alarm_rate");
    read.remove("guard_level");
    read.remove("densities_topic");
    read.remove("dead_letters_topic");
    assertThat(read).isNotEmpty().isSubsetOf(fields);
  }

  private static void names(JsonNode node, Set<String> into) {
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(into::add);
    }
    node.forEach(child -> names(child, into));
  }

  private static String read() {
    try (InputStream in = MonitorServer.class.getResourceAsStream("page.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
