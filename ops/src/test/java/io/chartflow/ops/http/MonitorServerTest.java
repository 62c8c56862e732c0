package io.chartflow.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorServerTest {

  private static final long NOW = 1_700_000_000_000L;

  private final FakeView view = new FakeView();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private MonitorServer server;

  @BeforeEach
  void start() throws IOException {
    server = MonitorServer.start("127.0.0.1", 0, view);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    HttpResponse<String> reply = get("/metrics");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).get().asString().contains("0.0.4");
    assertThat(reply.body()).contains("chartflow_monitor_windows_total 3.0");
  }

  @Test
  void healthIsWhatTheMonitorSays() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);

    view.healthy = false;
    view.state = "ERROR";

    HttpResponse<String> reply = get("/healthz");
    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.body()).isEqualTo("ERROR\n");
  }

  @Test
  void statisticsAreTheNewestWindowsOldestFirst() throws Exception {
    SyntheticWindows.of(20, NOW, true).forEach(view.log::window);
    view.read = Map.of(DensityStatus.OK, 42L);
    view.late = 3;

    JsonNode tree = new ObjectMapper().readTree(get("/api/statistics?limit=2").body());

    assertThat(tree.path("state").asText()).isEqualTo("RUNNING");
    assertThat(tree.path("densities_topic").asText()).isEqualTo("densities");
    assertThat(tree.path("read").path("OK").asLong()).isEqualTo(42);
    assertThat(tree.path("late").asLong()).isEqualTo(3);
    assertThat(tree.path("windows")).hasSize(2);
    assertThat(tree.path("windows").get(1))
        .isEqualTo(new ObjectMapper().readTree(StatisticsJson.toBytes(view.log.latest(1).get(0))));
    assertThat(tree.path("windows").get(0).path("window_start").asLong())
        .isLessThan(tree.path("windows").get(1).path("window_start").asLong());
  }

  @Test
  void statisticsBeforeTheFirstEventAreNoWindows() throws Exception {
    JsonNode tree = new ObjectMapper().readTree(get("/api/statistics").body());

    assertThat(tree.path("windows").isArray()).isTrue();
    assertThat(tree.path("windows")).isEmpty();
  }

  @Test
  void aLimitThatIsNoneIsRefusedWithItsRule() throws Exception {
    for (String limit : new String[] {"0", "-1", "x", "99999999999", "10001"}) {
      HttpResponse<String> reply = get("/api/statistics?limit=" + limit);
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(reply.body()).contains("limit must be a whole number").contains(limit);
    }
  }

  @Test
  void thePageIsThere() throws Exception {
    HttpResponse<String> reply = get("/");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).get().asString().contains("text/html");
    assertThat(reply.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'");
    assertThat(reply.body()).contains("<title>Chartflow</title>");
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertThat(get("/favicon.ico").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    assertThat(get("/api/").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics")).POST(BodyPublishers.ofString("x")).build();
    HttpResponse<String> reply = client.send(post, BodyHandlers.ofString());

    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD");
    HttpRequest head =
        HttpRequest.newBuilder(uri("/metrics")).method("HEAD", BodyPublishers.noBody()).build();
    assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void aBrokenViewIsAnErrorOfTheServerAndTheServerGoesOn() throws Exception {
    view.broken = true;
    assertThat(get("/api/statistics").statusCode()).isEqualTo(500);

    view.broken = false;
    assertThat(get("/api/statistics").statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    assertThatThrownBy(() -> MonitorServer.start("127.0.0.1", server.port(), view))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("monitor.port")
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
