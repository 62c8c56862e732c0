package io.chartflow.local.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.ClusterClientJobClientAdapter;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Submits what an environment executes to one running cluster. */
final class LocalExecutor
    implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {

  static final String NAME = "chartflow-local";

  private final MiniClusterClient client;

  LocalExecutor(MiniClusterClient client) {
    this.client = client;
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(NAME);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader userClassLoader) {
    if (!(pipeline instanceof StreamGraph graph)) {
      throw new IllegalArgumentException(
          "expected the graph of a streaming job, got " + pipeline.getClass().getName());
    }
    return client
        .submitJob(graph.getJobGraph(userClassLoader))
        .thenApply(id -> jobClient(id, userClassLoader));
  }

  private JobClient jobClient(JobID id, ClassLoader userClassLoader) {
    return new ClusterClientJobClientAdapter<>(() -> client, id, userClassLoader);
  }
}
