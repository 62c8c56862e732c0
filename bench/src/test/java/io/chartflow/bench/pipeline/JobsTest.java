package io.chartflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.local.cluster.LocalFlink;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.produce.EventJson;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class JobsTest {

  private final ChartflowConfig config =
      ChartflowConfig.of("127.0.0.1:9092", EventJson.schema(DataSets.named("helix")));

  @Test
  void aWaitEndsWithItsJobsOwnError() {
    try (LocalFlink flink = LocalFlink.start(1, 0);
        Jobs jobs = new Jobs(flink, config)) {
      jobs.submit(() -> failing(flink.environment()));
      assertThatThrownBy(() -> jobs.await(() -> false, () -> "what never comes"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a job failed")
          .hasMessageContaining("the disk is full");
    }
  }

  private static JobClient failing(StreamExecutionEnvironment env) throws Exception {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    env.configure(settings);
    env.fromSequence(1, 1).map(JobsTest::fail, Types.LONG).sinkTo(new DiscardingSink<>());
    return env.executeAsync("failing");
  }

  private static Long fail(Long event) {
    throw new IllegalStateException("the disk is full at event " + event);
  }
}
