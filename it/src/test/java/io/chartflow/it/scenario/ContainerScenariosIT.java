package io.chartflow.it.scenario;

import io.chartflow.it.kafka.KafkaInContainer;
import io.chartflow.it.kafka.KafkaUnderTest;
import org.junit.jupiter.api.Tag;

/** The scenarios against a broker in a container. */
@Tag("containers")
class ContainerScenariosIT extends Scenarios {

  @Override
  KafkaUnderTest startKafka() {
    return new KafkaInContainer();
  }
}
