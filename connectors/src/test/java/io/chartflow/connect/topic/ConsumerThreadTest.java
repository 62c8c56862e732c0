package io.chartflow.connect.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerThreadTest {

  private static final TopicPartition PARTITION = new TopicPartition("densities", 0);

  private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

  @Test
  void recordsAreTakenFromTheFirstOneOnUntilItIsClosed() throws InterruptedException {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.schedulePollTask(() -> add(0, "a"));
    consumer.schedulePollTask(() -> add(1, "b"));

    try (ConsumerThread<String, String> thread = start()) {
      assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
      assertThat(taken.poll(10, TimeUnit.SECONDS)).isEqualTo("b");
      assertThatCode(thread::check).doesNotThrowAnyException();
    }
    assertThat(consumer.closed()).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void aFailureIsToldAtOnceAndToWhoeverAsks() throws InterruptedException {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.setPollException(new KafkaException("the broker is gone"));

    try (ConsumerThread<String, String> thread = start()) {
      assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("the broker is gone");
      assertThatThrownBy(thread::check)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("test-reader failed")
          .hasMessageContaining("the broker is gone");
    }
    assertThat(consumer.closed()).isTrue();
  }

  private ConsumerThread<String, String> start() {
    return ConsumerThread.start(
        "test-reader",
        consumer,
        List.of(PARTITION),
        records -> records.forEach(each -> taken.add(each.value())),
        failures::add);
  }

  private void add(long offset, String value) {
    consumer.addRecord(new ConsumerRecord<>("densities", 0, offset, "", value));
  }
}
