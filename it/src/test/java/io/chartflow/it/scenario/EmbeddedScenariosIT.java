package io.chartflow.it.scenario;

import io.chartflow.it.kafka.KafkaInProcess;
import io.chartflow.it.kafka.KafkaUnderTest;

/** The scenarios against the broker of the one process. */
class EmbeddedScenariosIT extends Scenarios {

  @Override
  KafkaUnderTest startKafka() {
    return new KafkaInProcess();
  }
}
