package io.chartflow.it.kafka;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container of the image {@link Images#kafka()}. */
public final class KafkaInContainer implements KafkaUnderTest {

  private final KafkaContainer container;

  /** Starts the container; a missing image fails at once. */
  @SuppressWarnings("resource") // close() stops it
  public KafkaInContainer() {
    String image = Images.present(Images.kafka());
    container =
        new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"));
    container.start();
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.stop();
  }
}
