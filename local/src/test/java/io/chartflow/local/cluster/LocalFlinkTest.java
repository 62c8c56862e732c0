package io.chartflow.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.meter.MeterNames;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class LocalFlinkTest {

  @Test
  void anEnvironmentRunsItsJobHere() throws Exception {
    try (LocalFlink flink = LocalFlink.start(2, 0)) {
      StreamExecutionEnvironment env = flink.environment();
      env.setParallelism(2);
      env.fromSequence(1, 100).sinkTo(new DiscardingSink<>());
      JobExecutionResult result =
          env.executeAsync("sequence").getJobExecutionResult().get(60, TimeUnit.SECONDS);
      assertThat(result.getNetRuntime()).isNotNegative();
    }
  }

  @Test
  void theWebPageIsServed() throws Exception {
    try (LocalFlink flink = LocalFlink.start(1, 0)) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(flink.page().resolve("/index.html")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Apache Flink");
    }
  }

  @Test
  void metersAreFoundByTheirNamesWithAndWithoutATag() {
    LocalMeters meters = LocalMeters.of("a test");
    Counter events = new SimpleCounter();
    Counter empty = new SimpleCounter();
    Counter malformed = new SimpleCounter();
    events.inc(7);
    empty.inc(1);
    malformed.inc(2);
    meters.notifyOfAddedMetric(events, "events", group("train", "chartflow", "trainer"));
    meters.notifyOfAddedMetric(
        empty, "dead_letters", group("decode", "chartflow", "trainer", "reason", "EMPTY"));
    meters.notifyOfAddedMetric(
        malformed, "dead_letters", group("decode", "chartflow", "trainer", "reason", "MALFORMED"));
    Gauge<Double> likelihood = () -> -2.5;
    meters.notifyOfAddedMetric(
        likelihood, "prequential_log_likelihood", group("train", "chartflow", "trainer"));

    assertThat(meters.sum(MeterNames.TRAINER_EVENTS)).isEqualTo(7);
    assertThat(meters.sum(MeterNames.TRAINER_DEAD_LETTERS)).isEqualTo(3);
    assertThat(meters.sum(MeterNames.SCORER_DEAD_LETTERS)).isZero();
    assertThat(meters.value(MeterNames.TRAINER_LOG_LIKELIHOOD)).isEqualTo(-2.5);

    meters.notifyOfRemovedMetric(likelihood, "prequential_log_likelihood", group("train"));
    assertThat(meters.value(MeterNames.TRAINER_LOG_LIKELIHOOD)).isNaN();
    LocalMeters.forget("a test");
  }

  private static MetricGroup group(String... scope) {
    return new UnregisteredMetricsGroup() {
      @Override
      public String[] getScopeComponents() {
        return scope;
      }
    };
  }
}
