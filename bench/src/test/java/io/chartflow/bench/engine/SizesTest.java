package io.chartflow.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {

  @Test
  void whatIsGivenTakesThePlaceOfWhatThereWas() {
    Sizes sizes = Sizes.ALL.but(List.of("16x128x64", "784x512x64"), List.of(), List.of(1));

    assertThat(sizes.shapes()).containsExactly(Shape.of(16, 128, 64), Shape.of(784, 512, 64));
    assertThat(sizes.batches()).isEqualTo(Sizes.ALL.batches());
    assertThat(sizes.threads()).containsExactly(1);
  }

  @Test
  void largeEventsComeInSmallerBatches() {
    assertThat(Sizes.ALL.batches(Shape.of(784, 512, 64))).containsExactly(64, 256, 1024);
    assertThat(Sizes.ALL.batches(Shape.of(3, 64, 64))).contains(4096);
  }

  @Test
  void aRaceGoesThroughEveryShapeAndThenThroughItsGrowth() {
    Programme quick = Programme.of(Sizes.QUICK, List.of(Contender.ours()));

    assertThat(quick.legs()).extracting(Race.Leg::name).contains(Programme.PEERS, Programme.GROWTH);
    assertThat(quick.legs())
        .extracting(leg -> leg.shape().name())
        .containsExactly("3x64x64", "64x256x64", "3x64x32", "3x64x1024");
  }

  @Test
  void sizesThatThereCannotBeAreRefusedByName() {
    assertThatThrownBy(() -> Sizes.ALL.but(List.of("3x64"), List.of(), List.of()))
        .hasMessageContaining("expected a shape as dimension x width x charts")
        .hasMessageContaining("3x64");
    assertThatThrownBy(() -> Sizes.ALL.but(List.of(), List.of(256, 0), List.of()))
        .hasMessageContaining("--batches must be at least 1, got 0");
  }
}
