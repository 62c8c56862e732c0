package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chartflow.jobs.Samples;
import io.chartflow.model.codec.CodecException;
import io.chartflow.model.engine.JvmEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainCheckpointCodecTest {

  private final byte[] bytes = TrainCheckpointCodec.encode(checkpoint(37));

  @Test
  void everyPartComesBackAndGivesTheSameBytesAgain() {
    TrainCheckpoint expected = checkpoint(37);

    TrainCheckpoint decoded = TrainCheckpointCodec.decode(bytes);

    assertThat(decoded.batch()).hasSize(37 % Samples.BATCH);
    assertThat(decoded.batch().get(0).values()).isEqualTo(Samples.event(32).values());
    assertThat(decoded.positions()).isEqualTo(expected.positions()).hasSize(2);
    assertThat(decoded.eventTimeMillis()).isEqualTo(expected.eventTimeMillis());
    assertThat(decoded.progress()).isEqualTo(expected.progress());
    assertThat(decoded.trainer().config()).isEqualTo(Samples.MODEL);
    assertThat(TrainCheckpointCodec.encode(decoded)).isEqualTo(bytes);
  }

  @Test
  void versionsAndWhatIsToBeRetiredComeBack() {
    TrainCheckpoint plain = checkpoint(3);
    TrainCheckpoint some =
        new TrainCheckpoint(
            plain.trainer(),
            List.of(),
            plain.positions(),
            Long.MIN_VALUE,
            new TrainCheckpoint.Counts(4, 3, 2, 1),
            9,
            List.of(new PublishedVersion(8, 1), new PublishedVersion(9, 12)));

    TrainCheckpoint decoded = TrainCheckpointCodec.decode(TrainCheckpointCodec.encode(some));

    assertThat(decoded.version()).isEqualTo(9);
    assertThat(decoded.published()).isEqualTo(some.published());
    assertThat(decoded.progress()).isEqualTo(some.progress());
    assertThat(decoded.eventTimeMillis()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void bytesOfSomethingElseAreRefused() {
    bytes[0] = 0;

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> TrainCheckpointCodec.decode(bytes))
        .withMessageContaining("expected magic 43465443, got 00465443");
  }

  @Test
  void anUnknownFormatIsRefused() {
    ByteBuffer.wrap(bytes).putInt(4, 2);

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> TrainCheckpointCodec.decode(bytes))
        .withMessage("state of the trainer: this build reads format 1, got 2");
  }

  @Test
  void aTruncatedStateIsRefusedWhereverItWasCut() {
    for (int length = 0; length < bytes.length; length += 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(CodecException.class)
          .as("cut to %d bytes", length)
          .isThrownBy(() -> TrainCheckpointCodec.decode(cut));
    }
  }

  @Test
  void aLongerStateIsRefused() {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> TrainCheckpointCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .withMessageContaining("1 bytes too many");
  }

  private static TrainCheckpoint checkpoint(int events) {
    try (Learner learner =
        new Learner(new JvmEngine().trainer(Samples.MODEL), Samples.config().publishing(), 0)) {
      Samples.events(events).forEach(learner::learn);
      return learner.snapshot();
    }
  }
}
