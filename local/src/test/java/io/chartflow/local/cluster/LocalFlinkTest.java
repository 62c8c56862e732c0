package io.chartflow.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
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
}
