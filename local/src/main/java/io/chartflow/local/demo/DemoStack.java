package io.chartflow.local.demo;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.KafkaConfig;
import io.chartflow.connect.config.MonitorConfig;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.connect.topic.Topics;
import io.chartflow.jobs.score.ScoreJob;
import io.chartflow.jobs.train.TrainJob;
import io.chartflow.local.TemporaryDirectory;
import io.chartflow.local.broker.EmbeddedKafka;
import io.chartflow.local.cluster.LocalFlink;
import io.chartflow.local.produce.EventJson;
import io.chartflow.ops.Monitor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in a demo: broker, topics, Flink, the train job, the monitor, later the score job. What
 * was started last is stopped first.
 */
final class DemoStack implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoStack.class);

  /** Output is visible after each checkpoint: often, so that a person sees things move. */
  static final Duration CHECKPOINTS = Duration.ofSeconds(1);

  /**
   * Broker and jobs share the cores, and what is written is visible at the next checkpoint anyway:
   * few large requests instead of many small ones.
   */
  private static final SortedMap<String, String> BATCHING =
      new TreeMap<>(
          Map.of(
              "batch.size",
              Integer.toString(256 << 10),
              "linger.ms",
              "25",
              "fetch.min.bytes",
              Integer.toString(64 << 10),
              "fetch.max.wait.ms",
              "50"));

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final List<JobClient> jobs = new ArrayList<>();
  private final LocalFlink flink;
  private final ChartflowConfig config;
  private @Nullable Monitor monitor;

  private DemoStack(DemoOptions options, ChartflowConfig settings) {
    TemporaryDirectory checkpoints = new TemporaryDirectory("chartflow-checkpoints-");
    running.push(checkpoints);
    EmbeddedKafka kafka = EmbeddedKafka.start();
    running.push(kafka);
    // One slot for the learner beside those of the scorers.
    flink = LocalFlink.start(1 + options.parallelism(), options.uiPort());
    running.push(flink);
    config =
        settings
            .withKafka(new KafkaConfig(kafka.bootstrapServers(), BATCHING))
            .withFlink(
                new FlinkConfig(
                    CHECKPOINTS,
                    checkpoints.path().toUri().toString(),
                    options.parallelism(),
                    options.learnerThreads()));
  }

  /** The settings of a demo before the broker's address is known. */
  static ChartflowConfig settings(DemoOptions options) {
    ChartflowConfig base = ChartflowConfig.of("127.0.0.1:9092", EventJson.schema(options.set()));
    MonitorConfig monitor = base.monitor();
    return base.withModel(base.model().withSeed(options.seed()))
        .withMonitor(
            new MonitorConfig(
                monitor.window(),
                monitor.grace(),
                monitor.host(),
                options.monitorPort(),
                monitor.applicationId()));
  }

  /** Starts everything but the score job. */
  static DemoStack start(DemoOptions options, ChartflowConfig settings) {
    DemoStack stack = new DemoStack(options, settings);
    try {
      Topics.ensure(stack.config);
      stack.jobs.add(TrainJob.run(stack.config, stack.flink.environment()));
      stack.startMonitor();
      return stack;
    } catch (Exception e) {
      stack.close();
      throw new IllegalStateException("the demo could not be started: " + e.getMessage(), e);
    }
  }

  private void startMonitor() throws IOException {
    TemporaryDirectory state = new TemporaryDirectory("chartflow-monitor-");
    running.push(state);
    monitor = Monitor.start(config, state.path());
    running.push(monitor);
  }

  /** Starts the score job. */
  void startScoring() {
    try {
      jobs.add(ScoreJob.run(config, flink.environment()));
    } catch (Exception e) {
      throw new IllegalStateException("the score job could not be submitted: " + e.getMessage(), e);
    }
  }

  /** The configuration that everything runs with. */
  ChartflowConfig config() {
    return config;
  }

  /** Address of Flink's web page. */
  URI flinkPage() {
    return flink.page();
  }

  /** Address of the monitor's page, which has its Prometheus endpoint at {@code /metrics}. */
  Optional<URI> monitorPage() {
    return monitor == null
        ? Optional.empty()
        : Optional.of(URI.create("http://" + config.monitor().host() + ":" + monitor.port() + "/"));
  }

  /** Events that the train job is done with: learned from, or refused. */
  long learned() {
    return flink.count(MeterNames.TRAINER_EVENTS) + flink.count(MeterNames.TRAINER_DEAD_LETTERS);
  }

  /** Times that the train job found the world changed, since its task started. */
  long openings() {
    return flink.count(MeterNames.TRAINER_OPENINGS);
  }

  /** Mean log-density of the train job's last batch, scored before it was learned from, or NaN. */
  double logLikelihood() {
    return flink.value(MeterNames.TRAINER_LOG_LIKELIHOOD);
  }

  /** What is wrong with the jobs, if anything is. */
  Optional<String> failure() {
    return jobs.stream()
        .flatMap(job -> flink.failure(job.getJobID()).stream())
        .reduce((a, b) -> a + "; " + b);
  }

  @Override
  public void close() {
    for (JobClient job : jobs) {
      try {
        job.cancel().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.debug("A job was not cancelled", e);
      }
    }
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the demo did not stop cleanly: {}", e.toString());
      }
    }
  }
}
