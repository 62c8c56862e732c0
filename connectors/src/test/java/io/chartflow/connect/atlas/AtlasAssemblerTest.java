package io.chartflow.connect.atlas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.model.atlas.Atlas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AtlasAssemblerTest {

  private final AtlasAssembler assembler = new AtlasAssembler();

  @Test
  void aVersionComesOutWithItsLastMessage() {
    List<KafkaMessage> messages = split(1);

    for (KafkaMessage message : messages.subList(0, messages.size() - 1)) {
      assertThat(accept(message)).isNull();
    }
    assertThat(accept(messages.get(messages.size() - 1))).isEqualTo(SmallAtlas.of(1));
    assertThat(assembler.newest()).isEqualTo(1);
  }

  @Test
  void messagesAreAManifestAndChunksOfTheGivenSize() {
    List<KafkaMessage> messages = split(3);

    assertThat(messages).extracting(message -> text(message.key())).startsWith("3/manifest", "3/0");
    assertThat(text(messages.get(0).value())).contains("\"format\":1", "\"version\":3", "sha256");
    assertThat(messages.subList(1, messages.size()))
        .allSatisfy(message -> assertThat(message.value()).hasSizeLessThanOrEqualTo(256));
    assertThat(messages).allSatisfy(message -> assertThat(message.topic()).isEqualTo("atlas"));
  }

  @Test
  void orderDoublesAndInterleavingDoNotMatter() {
    for (int seed = 0; seed < 50; seed++) {
      List<KafkaMessage> messages = new ArrayList<>();
      for (long version = 1; version <= 4; version++) {
        messages.addAll(split(version));
        messages.addAll(split(version).subList(0, 3));
      }
      Collections.shuffle(messages, new Random(seed));
      AtlasAssembler shuffled = new AtlasAssembler();

      List<Long> versions = new ArrayList<>();
      Atlas last = null;
      for (KafkaMessage message : messages) {
        Atlas atlas = shuffled.accept(message.key(), message.value()).orElse(null);
        if (atlas != null) {
          versions.add(atlas.manifest().version());
          last = atlas;
        }
      }
      assertThat(versions).isSorted().doesNotHaveDuplicates();
      assertThat(last).isEqualTo(SmallAtlas.of(4));
    }
  }

  @Test
  void olderVersionsAreIgnored() {
    acceptAll(split(5));

    assertThat(acceptAll(split(4))).isNull();
    assertThat(acceptAll(split(5))).isNull();
    assertThat(acceptAll(split(6))).isEqualTo(SmallAtlas.of(6));
    assertThat(new AtlasAssembler(6).newest()).isEqualTo(6);
  }

  @Test
  void tombstonesDeleteWhatWaits() {
    List<KafkaMessage> messages = split(2);
    List<KafkaMessage> tombstones = AtlasChunks.tombstones(2, messages.size() - 1, "atlas");
    assertThat(tombstones)
        .extracting(message -> text(message.key()))
        .isEqualTo(messages.stream().map(message -> text(message.key())).toList());
    assertThat(tombstones).allSatisfy(message -> assertThat(message.value()).isNull());

    acceptAll(messages.subList(0, messages.size() - 1));
    acceptAll(tombstones);
    assertThat(accept(messages.get(messages.size() - 1))).isNull();
    assertThat(acceptAll(messages)).isEqualTo(SmallAtlas.of(2));
  }

  @Test
  void aBrokenChunkIsToldAndItsReplacementTaken() {
    List<KafkaMessage> messages = split(7);
    KafkaMessage second = messages.get(2);
    acceptAll(messages.subList(0, 2));

    assertThatThrownBy(() -> assembler.accept(second.key(), new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "atlas message 7/1: expected a chunk of CRC-32 \\d+, got 3 bytes of CRC-32 \\d+");
    assertThat(acceptAll(messages.subList(2, messages.size()))).isEqualTo(SmallAtlas.of(7));
  }

  @Test
  void aBrokenChunkThatCameBeforeItsManifestIsToldWithIt() {
    List<KafkaMessage> messages = split(7);
    assembler.accept(messages.get(1).key(), new byte[] {1});

    assertThatThrownBy(() -> accept(messages.get(0))).hasMessageContaining("atlas message 7/0");
    assertThat(acceptAll(messages.subList(1, messages.size()))).isEqualTo(SmallAtlas.of(7));
  }

  @Test
  void whatIsNoAtlasMessageIsTold() {
    assertThatThrownBy(() -> assembler.accept(bytes("seven"), bytes("x")))
        .hasMessage("expected an atlas key such as 7/manifest or 7/0, got seven");
    assertThatThrownBy(() -> assembler.accept(null, bytes("x"))).hasMessageContaining("got none");
    assertThatThrownBy(() -> assembler.accept(bytes("7/manifest"), bytes("x")))
        .hasMessageStartingWith("atlas message 7/manifest: expected JSON");
    assertThatThrownBy(() -> assembler.accept(bytes("7/manifest"), bytes("{\"format\":2}")))
        .hasMessage("atlas message 7/manifest: expected format 1, got 2");
    assertThatThrownBy(
            () ->
                accept(
                    KafkaMessage.of("atlas", bytes("8/manifest"), split(7).get(0).value(), null)))
        .hasMessage("atlas message 8/manifest: got version 7");
    assertThat(acceptAll(split(7))).isEqualTo(SmallAtlas.of(7));
  }

  @Test
  void bytesThatAreNoAtlasAreToldAndTheVersionMayComeAgain() {
    List<KafkaMessage> nonsense =
        AtlasChunks.split(SmallAtlas.of(2).manifest(), bytes("no atlas at all"), "atlas", 100);
    acceptAll(split(1));
    accept(nonsense.get(0));

    assertThatThrownBy(() -> accept(nonsense.get(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("atlas version 2: ");
    assertThat(assembler.newest()).isEqualTo(1);
    assertThat(acceptAll(split(2))).isEqualTo(SmallAtlas.of(2));
  }

  @Test
  void aSnapshotGoesOnWhereItWasTaken() {
    acceptAll(split(1));
    List<KafkaMessage> two = split(2);
    acceptAll(two.subList(0, 3));
    acceptAll(split(3).subList(2, 4));

    AtlasAssembler restored = AtlasAssembler.restore(assembler.snapshot());

    assertThat(restored.newest()).isEqualTo(1);
    Atlas last = null;
    for (KafkaMessage message : two.subList(3, two.size())) {
      last = restored.accept(message.key(), message.value()).orElse(null);
    }
    assertThat(last).isEqualTo(SmallAtlas.of(2));
    assertThatThrownBy(() -> AtlasAssembler.restore(new byte[] {0, 0, 0, 9}))
        .hasMessage("assembler snapshot: expected format 1, got 9");
    assertThatThrownBy(() -> AtlasAssembler.restore(new byte[] {0}))
        .hasMessage("assembler snapshot of 1 bytes ends too early");
  }

  @Test
  void partsOfManyVersionsAreGivenUpOldestFirst() {
    for (long version = 1; version <= 16; version++) {
      accept(split(version).get(1));
    }

    assertThatThrownBy(() -> accept(split(17).get(1)))
        .hasMessage(
            "atlas version 1: given up with 1 of ? chunks, since parts of 16 newer versions wait"
                + " too");
  }

  private @Nullable Atlas acceptAll(List<KafkaMessage> messages) {
    Atlas last = null;
    for (KafkaMessage message : messages) {
      Atlas atlas = accept(message);
      last = atlas == null ? last : atlas;
    }
    return last;
  }

  private @Nullable Atlas accept(KafkaMessage message) {
    return assembler.accept(message.key(), message.value()).orElse(null);
  }

  private static List<KafkaMessage> split(long version) {
    return AtlasChunks.split(SmallAtlas.of(version), "atlas", 256);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "none" : new String(bytes, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
