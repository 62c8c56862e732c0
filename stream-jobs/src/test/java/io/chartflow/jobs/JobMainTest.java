package io.chartflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chartflow.jobs.JobMain.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobMainTest {

  @TempDir private Path folder;

  @Test
  void aMistakeOfTheCommandLineHasItsOwnStatus() {
    JobFailure failure = failure();

    assertThat(failure.status()).isEqualTo(JobMain.MISUSED);
    assertThat(failure).hasMessageContaining("--config is missing");
  }

  @Test
  void aMistakeOfTheConfigurationHasTheSameStatus() throws IOException {
    Path file = folder.resolve("chartflow.yaml");
    Files.writeString(file, "kafka: {bootstrapServers: 'localhost:9092'}\n");

    JobFailure failure = failure("--config", file.toString());

    assertThat(failure.status()).isEqualTo(JobMain.MISUSED);
    assertThat(failure).hasMessageContaining("schema");
  }

  @Test
  void aConfigurationThatIsNotThereIsAMistakeToo() {
    Path file = folder.resolve("absent.yaml");

    JobFailure failure = failure("--config", file.toString());

    assertThat(failure.status()).isEqualTo(JobMain.MISUSED);
    assertThat(failure).hasMessageContaining(file.toString());
  }

  @Test
  void aJobThatCannotBeSubmittedSaysWhy() throws IOException {
    Path file = folder.resolve("chartflow.yaml");
    Files.writeString(
        file, "kafka: {bootstrapServers: 'localhost:9092'}\nschema: {fields: [{name: x}]}\n");

    JobFailure failure = failure("--config", file.toString());

    assertThat(failure.status()).isEqualTo(JobMain.FAILED);
    assertThat(failure).hasMessage("the job could not be submitted: Kafka is away");
  }

  private static JobFailure failure(String... args) {
    return catchThrowableOfType(
        JobFailure.class,
        () ->
            JobMain.run(
                "usage: …",
                args,
                StreamExecutionEnvironment.createLocalEnvironment(),
                (arguments, config, env) -> {
                  throw new IllegalStateException("wrapped", new IOException("Kafka is away"));
                }));
  }
}
