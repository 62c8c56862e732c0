package io.chartflow.it.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.connect.atlas.AtlasTopicReader;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ConfigReader;
import io.chartflow.connect.config.KafkaConfig;
import io.chartflow.it.Repository;
import io.chartflow.it.scenario.Densities;
import io.chartflow.it.scenario.GoodEvents;
import io.chartflow.it.scenario.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The compose file brings densities out of the density topic and lives through a lost machine. */
@Tag("containers")
@Timeout(600)
class ComposeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void densitiesComeOutAndALostTaskManagerCostsNone() throws Exception {
    Path root = Repository.root();
    try (ComposeProject project = new ComposeProject(root)) {
      project.up();
      ChartflowConfig config =
          ConfigReader.read(root.resolve("deploy/compose/chartflow.yaml"))
              .withKafka(KafkaConfig.of(project.bootstrapServers()));
      Topic events = new Topic(config, config.topics().events());
      GoodEvents source = new GoodEvents(6);
      List<String> positions = new ArrayList<>(events.write(source.take(25_000)));
      Densities.read(config, positions.size(), PATIENCE).coverExactly(positions);
      assertThat(AtlasTopicReader.awaitLatest(config, PATIENCE)).as("a version").isPresent();
      positions.addAll(events.write(source.take(1_000)));
      Densities.awaitScored(config, PATIENCE).areFinite();

      project.kill(busyTaskManager(project));
      positions.addAll(events.write(source.take(5_000)));

      Densities densities = Densities.read(config, positions.size(), PATIENCE);
      densities.coverExactly(positions).areFinite().haveMonotoneVersions();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(project.monitorPort(), "/metrics"))
                      .contains("chartflow_monitor_densities_total"));
    }
  }

  /** A TaskManager that holds a part of the jobs; the cluster names it by its address. */
  private static String busyTaskManager(ComposeProject project) throws Exception {
    JsonNode cluster = new ObjectMapper().readTree(get(project.flinkPort(), "/taskmanagers"));
    for (JsonNode one : cluster.path("taskmanagers")) {
      if (one.path("freeSlots").asInt() < one.path("slotsNumber").asInt()) {
        return project.containerAt("taskmanager", one.path("id").asText().split(":", 2)[0]);
      }
    }
    throw new AssertionError("no TaskManager is busy: " + cluster);
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }
}
