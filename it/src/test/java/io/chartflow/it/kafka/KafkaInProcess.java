package io.chartflow.it.kafka;

import io.chartflow.local.broker.EmbeddedKafka;

/** The broker of the one process. */
public final class KafkaInProcess implements KafkaUnderTest {

  private final EmbeddedKafka broker = EmbeddedKafka.start();

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    broker.close();
  }
}
