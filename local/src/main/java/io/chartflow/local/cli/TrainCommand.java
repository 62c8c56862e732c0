package io.chartflow.local.cli;

import io.chartflow.jobs.train.TrainJob;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chartflow train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the train job against your Kafka, in a Flink cluster in this process.",
    footer = {
      "",
      "On a Flink cluster of your own submit the job's jar instead:",
      "  flink run -d -c io.chartflow.jobs.train.TrainJob stream-jobs.jar --config chartflow.yaml"
    })
final class TrainCommand implements Callable<Integer> {

  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() throws Exception {
    return AttachedJob.run(options.config.read(), 1, options.uiPort, options.from, TrainJob::run);
  }
}
