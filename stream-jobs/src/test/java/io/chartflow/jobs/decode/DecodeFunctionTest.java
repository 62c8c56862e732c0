package io.chartflow.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.event.RejectReason;
import io.chartflow.connect.flink.EventSerializer;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.RecordedMeters;
import io.chartflow.jobs.Samples;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DecodeFunctionTest {

  private static final RawEvent BAD = Samples.raw(7, "{\"x\":1,\"y\":\"two\"}");

  @Test
  void aGoodRecordComesOutAsAnEvent() throws Exception {
    try (var harness = open(new DecodeFunction(Samples.SCHEMA))) {
      harness.processElement(Samples.raw(3), 0);
      harness.processElement(Samples.raw(4), 0);

      assertThat(harness.extractOutputValues()).containsExactly(Samples.event(3), Samples.event(4));
    }
  }

  @Test
  void aBadRecordIsDropped() throws Exception {
    try (var harness = open(new DecodeFunction(Samples.SCHEMA))) {
      harness.processElement(BAD, 0);
      harness.processElement(Samples.raw(8), 0);

      assertThat(harness.extractOutputValues()).containsExactly(Samples.event(8));
    }
  }

  @Test
  void rejectionsAreCountedByTheirReason() {
    RecordedMeters recorded = new RecordedMeters();
    Rejections rejections = new Rejections(MeterNames.SCORER_DEAD_LETTERS, recorded);

    for (int i = 0; i < 3; i++) {
      rejections.note(new DeadLetter(BAD, RejectReason.WRONG_TYPE, "no number"), i);
    }

    assertThat(recorded.count(MeterNames.SCORER_DEAD_LETTERS, "WRONG_TYPE")).isEqualTo(3);
    assertThat(recorded.count(MeterNames.SCORER_DEAD_LETTERS, "EMPTY")).isZero();
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
