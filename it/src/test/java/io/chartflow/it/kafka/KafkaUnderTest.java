package io.chartflow.it.kafka;

/** A running broker, wherever it runs. */
public interface KafkaUnderTest extends AutoCloseable {

  /** Where clients of this process connect. */
  String bootstrapServers();

  /** Stops the broker and forgets what it held. */
  @Override
  void close();
}
