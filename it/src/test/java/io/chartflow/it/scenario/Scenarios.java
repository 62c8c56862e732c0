package io.chartflow.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.Topics;
import io.chartflow.it.kafka.KafkaUnderTest;
import io.chartflow.it.scenario.RunningJobs.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs against a real broker: what comes out, and what a kill leaves unchanged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class Scenarios {

  static final Duration PATIENCE = Duration.ofSeconds(120);

  private @Nullable KafkaUnderTest kafka;

  /** The broker that the scenarios run against. */
  abstract KafkaUnderTest startKafka();

  @BeforeAll
  void startTheBroker() {
    kafka = startKafka();
  }

  @AfterAll
  void stopTheBroker() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void everyEventComesOutOnceWithADensity(@TempDir Path checkpoints) throws Exception {
    ChartflowConfig config = Stage.of(kafka(), "line", checkpoints);
    Topics.ensure(config);
    GoodEvents source = new GoodEvents(1);
    Topic events = new Topic(config, config.topics().events());
    List<String> positions = new ArrayList<>(events.write(source.take(4 * Stage.EVERY)));

    try (RunningJobs jobs =
        new RunningJobs(checkpoints).with(Job.TRAIN, config).with(Job.SCORE, config)) {
      assertThat(Atlases.read(config, 3, PATIENCE).numbers()).hasSizeGreaterThanOrEqualTo(3);
      positions.addAll(events.write(source.take(2_000)));

      Densities densities = Densities.read(config, positions.size(), PATIENCE);

      densities.coverExactly(positions).areFinite().haveMonotoneVersions();
      assertThat(jobs.runWithoutRestart()).isTrue();
    }
  }

  @Test
  void bothJobsKilledLoseNothingAndDoubleNothing(@TempDir Path checkpoints) throws Exception {
    ChartflowConfig config = Stage.of(kafka(), "kill", checkpoints);
    Topics.ensure(config);
    GoodEvents source = new GoodEvents(2);
    Topic events = new Topic(config, config.topics().events());
    List<String> positions = new ArrayList<>(events.write(source.take(2 * Stage.EVERY)));

    RunningJobs jobs = new RunningJobs(checkpoints);
    try {
      jobs.with(Job.TRAIN, config).with(Job.SCORE, config);
      Atlases.read(config, 1, PATIENCE);
      positions.addAll(events.write(source.take(2 * Stage.EVERY)));
      Densities.awaitScored(config, PATIENCE);
      jobs = jobs.killAndRestore();
      positions.addAll(events.write(source.take(2 * Stage.EVERY)));

      Densities densities = Densities.read(config, positions.size(), PATIENCE);
      Atlases atlases = Atlases.read(config, 6, PATIENCE);

      densities.coverExactly(positions).areFinite().haveMonotoneVersions();
      assertThat(atlases.numbers()).isSorted().doesNotHaveDuplicates().hasSize(6);
      new Rescoring(config, atlases).agreesWith(densities);
    } finally {
      jobs.close();
    }
  }

  @Test
  void aKilledTrainerPublishesTheSameBitsAsOneThatWasLeftAlone(@TempDir Path checkpoints)
      throws Exception {
    ChartflowConfig killed = Stage.onOnePartition(Stage.of(kafka(), "bits", checkpoints));
    ChartflowConfig leftAlone = Stage.withAnotherAtlas(killed);
    Topics.ensure(killed);
    Topics.ensure(leftAlone);
    GoodEvents source = new GoodEvents(3);
    Topic events = new Topic(killed, killed.topics().events());
    // Not a whole number of batches: the kill finds one half full.
    events.write(source.take(Stage.EVERY + 1_001));

    RunningJobs jobs = new RunningJobs(checkpoints).with(Job.TRAIN, killed);
    Atlases restored;
    try {
      Atlases.read(killed, 1, PATIENCE);
      jobs = jobs.killAndRestore();
      events.write(source.take(3 * Stage.EVERY));
      restored = Atlases.read(killed, 4, PATIENCE);
    } finally {
      jobs.close();
    }
    try (RunningJobs other = new RunningJobs(checkpoints).with(Job.TRAIN, leftAlone)) {
      Atlases straight = Atlases.read(leftAlone, 4, PATIENCE);

      assertThat(restored.numbers()).isEqualTo(straight.numbers()).hasSize(4);
      assertThat(restored.bits()).isEqualTo(straight.bits());
      assertThat(other.runWithoutRestart()).isTrue();
    }
  }

  @Test
  void spoiledEventsGoToTheDeadLettersAndHurtNobody(@TempDir Path checkpoints) throws Exception {
    ChartflowConfig config = Stage.of(kafka(), "spoiled", checkpoints);
    Topics.ensure(config);
    Stage.allowLongEvents(config, 8 << 20);
    MixedEvents mixed = MixedEvents.write(config, 10_000, 1_000);

    try (RunningJobs jobs =
        new RunningJobs(checkpoints).with(Job.TRAIN, config).with(Job.SCORE, config)) {
      Densities densities = Densities.read(config, mixed.good().size(), PATIENCE);
      ReadDeadLetters dead = ReadDeadLetters.read(config, mixed.spoiled().size(), PATIENCE);

      densities.coverExactly(mixed.good());
      dead.tellTheTruthAbout(mixed.spoiled());
      await().during(Duration.ofSeconds(2)).until(jobs::runWithoutRestart);
    }
  }

  private KafkaUnderTest kafka() {
    return Objects.requireNonNull(kafka, "JUnit calls startTheBroker() first");
  }
}
