package io.chartflow.local.cli;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.Topics;
import io.chartflow.jobs.score.ScoreJob;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chartflow score}. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the score job against your Kafka, in a Flink cluster in this process.",
    footer = {
      "",
      "On a Flink cluster of your own submit the job's jar instead:",
      "  flink run -d -c io.chartflow.jobs.score.ScoreJob stream-jobs.jar --config chartflow.yaml"
    })
final class ScoreCommand implements Callable<Integer> {

  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--await-atlas",
      arity = "0..1",
      fallbackValue = "10m",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Wait for a first atlas version, so long or ${FALLBACK-VALUE}, before scoring begins;"
              + " otherwise events that come before it are written as NO_ATLAS.")
  private @Nullable Duration awaitAtlas;

  @Override
  public Integer call() throws Exception {
    ChartflowConfig config = options.config.read();
    if (awaitAtlas != null) {
      Topics.ensure(config);
      ScoreJob.awaitAtlas(config, awaitAtlas);
    }
    return AttachedJob.run(
        config, config.flink().parallelism(), options.uiPort, options.from, ScoreJob::run);
  }
}
