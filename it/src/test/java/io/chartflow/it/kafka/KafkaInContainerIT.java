package io.chartflow.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a test of the containers says when an image is not there. */
@Tag("containers")
class KafkaInContainerIT {

  @Test
  void aMissingImageFailsAtOnceAndNamesItself() {
    String image = "local/nobody-has-this:1";
    String policy = System.setProperty("chartflow.it.pull-policy", "never");
    try {
      assertThatThrownBy(() -> Images.present(image))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(image);
    } finally {
      System.setProperty("chartflow.it.pull-policy", String.valueOf(policy));
    }
  }

  @Test
  void theBrokerTellsWhereItListens() {
    try (KafkaUnderTest kafka = new KafkaInContainer()) {
      assertThat(kafka.bootstrapServers()).matches(".*:\\d+");
    }
  }
}
