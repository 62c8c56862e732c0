package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.JobGraphs;
import io.chartflow.jobs.Samples;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreJobGraphTest {

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(1);

  @BeforeEach
  void connect() {
    ScoreJob.connect(
        env,
        Samples.config().withFlink(new FlinkConfig(Duration.ofSeconds(5), null, 3)),
        EngineFactory.jvm(),
        Optional.empty());
  }

  @Test
  void everyOperatorHasItsUidAndNameAndNoTypeFallsToKryo() {
    JobGraphs.assertSound(env);
  }

  @Test
  void allRunsWithTheConfiguredParallelism() {
    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getParallelism)
        .containsOnly(3);
  }

  @Test
  void nothingCrossesAChannelFromTheSourceToTheSinks() {
    assertThat(env.getStreamGraph(false).getJobGraph().getVertices())
        .singleElement()
        .extracting(JobVertex::getName)
        .asString()
        .contains("events", "score", "densities", "dead-letters");
  }

  @Test
  void checkpointsAreAligned() {
    assertThat(env.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
  }
}
