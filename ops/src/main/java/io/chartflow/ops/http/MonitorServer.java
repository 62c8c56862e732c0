package io.chartflow.ops.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.chartflow.ops.monitor.StatisticsJson;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small HTTP server on the JDK's own, read-only:
 *
 * <ul>
 *   <li>{@code /metrics}: Prometheus' text;
 *   <li>{@code /healthz}: 200 while the monitor works, else 503, with its state;
 *   <li>{@code /api/statistics?limit=N}: the newest windows, oldest first, as JSON;
 *   <li>{@code /}: a live page that asks that API and nothing else.
 * </ul>
 */
public final class MonitorServer implements AutoCloseable {

  private static final int DEFAULT_LIMIT = 120;
  private static final String JSON = "application/json; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor;
  private final MonitorView view;

  private MonitorServer(HttpServer server, MonitorView view) {
    this.server = server;
    this.view = view;
    this.executor =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "chartflow-monitor-http");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to listen; port 0 takes a free one.
   *
   * @throws IOException naming the address, if it cannot be had
   */
  public static MonitorServer start(String host, int port, MonitorView view) throws IOException {
    HttpServer http;
    try {
      http = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new IOException(
          "monitor.host and monitor.port: cannot listen at "
              + host
              + ":"
              + port
              + ": "
              + e.getMessage(),
          e);
    }
    MonitorServer server = new MonitorServer(http, view);
    byte[] page = page();
    http.setExecutor(server.executor);
    http.createContext("/metrics", new Get("/metrics", query -> server.metrics()));
    http.createContext("/healthz", new Get("/healthz", query -> server.health()));
    http.createContext(
        "/api/statistics", new Get("/api/statistics", query -> server.statistics(query)));
    http.createContext(
        "/", new Get("/", query -> new Reply(200, "text/html; charset=utf-8", page)));
    http.start();
    return server;
  }

  /** The port that it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private Reply metrics() {
    return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", view.scrape());
  }

  private Reply health() {
    return Reply.text(view.healthy() ? 200 : 503, "text/plain; charset=utf-8", view.state() + "\n");
  }

  private Reply statistics(Query query) {
    int limit = query.number("limit", DEFAULT_LIMIT, 1, 10_000);
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode tree = json.objectNode();
    tree.put("state", view.state());
    tree.put("densities_topic", view.densitiesTopic());
    tree.put("dead_letters_topic", view.deadLettersTopic());
    tree.put("alarm_rate", view.alarmRate());
    tree.put("guard_level", view.guardLevel());
    ObjectNode read = tree.putObject("read");
    view.read().forEach((status, count) -> read.put(status.name(), count));
    tree.put("unreadable", view.unreadable());
    tree.put("late", view.late());
    ArrayNode windows = tree.putArray("windows");
    for (StatisticsRecord window : view.windows(limit)) {
      windows.add(StatisticsJson.toTree(window));
    }
    return Reply.text(200, JSON, tree.toString());
  }

  private static byte[] page() {
    try (InputStream in = MonitorServer.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer. */
  static final class Reply {

    final int status;
    final String type;
    final byte[] body;

    Reply(int status, String type, byte[] body) {
      this.status = status;
      this.type = type;
      this.body = body;
    }

    static Reply text(int status, String type, String body) {
      return new Reply(status, type, body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
