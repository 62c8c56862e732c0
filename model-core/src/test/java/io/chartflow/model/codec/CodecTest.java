package io.chartflow.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.Small;
import io.chartflow.model.engine.TrainerState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Bytes come back bit for bit, and whatever is not those bytes is refused with its reason. */
class CodecTest {

  private final byte[] atlas = Fixtures.bytes("atlas-v1.bin");
  private final byte[] trainer = Fixtures.bytes("trainer-v1.bin");

  @Test
  void anAtlasComesBackBitForBit() {
    try (AtlasTrainer learned = Small.trainedOnRing(Small.config(2), 50)) {
      Atlas before = Small.atlas(learned);
      byte[] bytes = AtlasCodec.encode(before);

      assertThat(AtlasCodec.decode(bytes)).isEqualTo(before);
      assertThat(AtlasCodec.encode(AtlasCodec.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void aTrainersStateComesBackBitForBitAtEveryStage() {
    for (int batches : new int[] {0, 1, 4, 30, 50}) {
      try (AtlasTrainer learned = Small.trainedOnRing(Small.config(2), batches)) {
        TrainerState before = learned.snapshot();
        byte[] bytes = TrainerStateCodec.encode(before);

        assertThat(TrainerStateCodec.decode(bytes)).isEqualTo(before);
        assertThat(TrainerStateCodec.encode(TrainerStateCodec.decode(bytes))).isEqualTo(bytes);
      }
    }
  }

  @Test
  void everyTruncatedPrefixIsRefused() {
    assertPrefixesAreRefused(atlas, AtlasCodec::decode);
    assertPrefixesAreRefused(trainer, TrainerStateCodec::decode);
  }

  private static void assertPrefixesAreRefused(byte[] bytes, Function<byte[], ?> decode) {
    int step = 1;
    for (int length = 0; length < bytes.length; length += step) {
      byte[] prefix = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode.apply(prefix)).isInstanceOf(CodecException.class);
      step =
          length < 300 || length > bytes.length - 50 ? 1 : Math.min(97, bytes.length - length - 1);
    }
  }

  @Test
  void everyFlippedByteIsRefused() {
    assertFlipsAreRefused(atlas, AtlasCodec::decode);
    assertFlipsAreRefused(trainer, TrainerStateCodec::decode);
  }

  private static void assertFlipsAreRefused(byte[] bytes, Function<byte[], ?> decode) {
    for (int i = 0; i < bytes.length; i += i < 300 ? 1 : 61) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      assertThatThrownBy(() -> decode.apply(flipped))
          .as("byte %d", i)
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void aLengthThatLiesIsRefusedThoughTheChecksumFits() {
    for (int i = 8; i < 400; i++) {
      byte[] lying = atlas.clone();
      ByteBuffer.wrap(lying).putInt(i, Integer.MAX_VALUE - 3);
      byte[] sealed = sealed(lying);
      try {
        AtlasCodec.decode(sealed);
      } catch (CodecException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void bytesOfAnotherKindAreRefusedByWhatTheyBeginWith() {
    assertThatThrownBy(() -> AtlasCodec.decode(trainer))
        .isInstanceOf(CodecException.class)
        .hasMessage("expected an atlas, which begins with 43484641, got 43484654");
    assertThatThrownBy(() -> TrainerStateCodec.decode(atlas))
        .hasMessage("expected a trainer's state, which begins with 43484654, got 43484641");
    assertThatThrownBy(() -> AtlasCodec.decode(new byte[3]))
        .hasMessage("expected an atlas of at least 12 bytes, got 3");
  }

  @Test
  void aVersionFromTheFutureIsRefusedByItsNumber() {
    byte[] future = atlas.clone();
    ByteBuffer.wrap(future).putInt(4, 99);

    assertThatThrownBy(() -> AtlasCodec.decode(sealed(future)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("version 1 to 2")
        .hasMessageContaining("got version 99");
  }

  @Test
  void damageIsToldByBothChecksums() {
    byte[] damaged = atlas.clone();
    damaged[100] ^= 1;

    assertThatThrownBy(() -> AtlasCodec.decode(damaged))
        .hasMessageContaining("the checksum of an atlas is")
        .hasMessageContaining("it was damaged");
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] longer = sealed(Arrays.copyOf(atlas, atlas.length + 5));

    assertThatThrownBy(() -> AtlasCodec.decode(longer)).hasMessageContaining("are left after");
  }

  /** The same bytes under a checksum that fits them. */
  private static byte[] sealed(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - 4);
    byte[] sealed = bytes.clone();
    ByteBuffer.wrap(sealed).putInt(bytes.length - 4, (int) checksum.getValue());
    return sealed;
  }
}
