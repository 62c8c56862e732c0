package io.chartflow.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.EventSerializer;
import io.chartflow.connect.topic.DeadLetters;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {

  private static final RawEvent BAD = Samples.raw(7, "{\"x\":1,\"y\":\"two\"}");

  @Test
  void aGoodRecordComesOutAsAnEvent() throws Exception {
    try (var harness = open(DecodeFunction.withDeadLetters(Samples.SCHEMA, "dead-letters"))) {
      harness.processElement(Samples.raw(3), 0);

      assertThat(harness.extractOutputValues()).containsExactly(Samples.event(3));
      assertThat(harness.getSideOutput(DecodeFunction.DEAD_LETTERS)).isNull();
    }
  }

  @Test
  void aBadRecordGoesToTheDeadLettersAsItWas() throws Exception {
    try (var harness = open(DecodeFunction.withDeadLetters(Samples.SCHEMA, "dead-letters"))) {
      harness.processElement(BAD, 0);
      harness.processElement(Samples.raw(8), 0);

      assertThat(harness.extractOutputValues()).containsExactly(Samples.event(8));
      StreamRecord<KafkaMessage> sent =
          Objects.requireNonNull(harness.getSideOutput(DecodeFunction.DEAD_LETTERS).peek());
      KafkaMessage letter = sent.getValue();
      assertThat(letter.topic()).isEqualTo("dead-letters");
      assertThat(letter.key()).isEqualTo(BAD.key());
      assertThat(letter.value()).isEqualTo(BAD.value());
      assertThat(header(letter, DeadLetters.REASON)).isEqualTo("WRONG_TYPE");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("3");
    }
  }

  @Test
  void theTrainJobWritesNoDeadLetters() throws Exception {
    try (var harness = open(DecodeFunction.countingBadRecords(Samples.SCHEMA))) {
      harness.processElement(BAD, 0);

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getSideOutput(DecodeFunction.DEAD_LETTERS)).isNull();
    }
  }

  private static String header(KafkaMessage letter, String name) {
    return new String(Objects.requireNonNull(letter.headers().get(name)), StandardCharsets.UTF_8);
  }

  private static OneInputStreamOperatorTestHarness<RawEvent, Event> open(DecodeFunction function)
      throws Exception {
    OneInputStreamOperatorTestHarness<RawEvent, Event> harness =
        new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
    harness.setup(new EventSerializer());
    harness.open();
    return harness;
  }
}
