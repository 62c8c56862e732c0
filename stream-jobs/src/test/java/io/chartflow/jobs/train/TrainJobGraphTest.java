package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.JobGraphs;
import io.chartflow.jobs.Samples;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TrainJobGraphTest {

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(4);

  @Test
  void everyOperatorHasItsUidAndNameAndNoTypeFallsToKryo() {
    TrainJob.connect(env, Samples.config(), EngineFactory.jvm(), 0);

    JobGraphs.assertSound(env);
  }

  @Test
  void oneTaskLearnsWhateverTheParallelismOfTheCluster() {
    TrainJob.connect(env, Samples.config(), EngineFactory.jvm(), 0);

    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getParallelism)
        .containsOnly(1);
  }
}
