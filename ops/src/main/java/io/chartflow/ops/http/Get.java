package io.chartflow.ops.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.chartflow.ops.http.MonitorServer.Reply;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET and HEAD at exactly one path; anything else is told so. */
final class Get implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Get.class);
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final String path;
  private final Function<Query, Reply> answer;

  Get(String path, Function<Query, Reply> answer) {
    this.path = path;
    this.answer = answer;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = "HEAD".equals(method);
      Reply reply = head || "GET".equals(method) ? reply(exchange) : notAllowed(exchange);
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", reply.type);
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      // The page is whole in itself: what tries to load anything else was not written by us.
      headers.set(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
              + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'");
      exchange.sendResponseHeaders(reply.status, head ? -1 : reply.body.length);
      if (!head) {
        exchange.getResponseBody().write(reply.body);
      }
    }
  }

  private Reply reply(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return Reply.text(
          404, PLAIN, "no such page; there is /, /metrics, /healthz, /api/statistics\n");
    }
    try {
      return answer.apply(new Query(exchange.getRequestURI().getRawQuery()));
    } catch (IllegalArgumentException e) {
      return Reply.text(400, PLAIN, e.getMessage() + "\n");
    } catch (RuntimeException e) {
      LOG.error("could not answer {}", exchange.getRequestURI(), e);
      return Reply.text(500, PLAIN, "the monitor could not answer; its log says why\n");
    }
  }

  private static Reply notAllowed(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    return Reply.text(405, PLAIN, "only GET and HEAD\n");
  }
}
