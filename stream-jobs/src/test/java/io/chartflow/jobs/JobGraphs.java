package io.chartflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.jspecify.annotations.Nullable;

/** What has to hold for the graph of every job. */
public final class JobGraphs {

  private JobGraphs() {}

  /** Every operator has a uid and a name of ours, and no type falls to Kryo. */
  public static void assertSound(StreamExecutionEnvironment env) {
    StreamGraph graph = env.getStreamGraph(false);
    assertThat(graph.getStreamNodes()).isNotEmpty();
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as("uid of %s", node).isNotBlank();
      assertThat(node.getOperatorName())
          .as("name of %s", node)
          .matches("(Source: )?(events|decode|train|score|atlas|dead-letters|densities).*")
          .doesNotContain("Custom", "Map", "Process");
      assertNoKryo(node, node.getTypeSerializerOut());
      for (TypeSerializer<?> in : node.getTypeSerializersIn()) {
        assertNoKryo(node, in);
      }
    }
    assertThat(graph.getJobGraph().getVertices()).isNotEmpty();
  }

  private static void assertNoKryo(StreamNode node, @Nullable TypeSerializer<?> serializer) {
    assertThat(serializer).as("serializer of %s", node).isNotInstanceOf(KryoSerializer.class);
  }
}
