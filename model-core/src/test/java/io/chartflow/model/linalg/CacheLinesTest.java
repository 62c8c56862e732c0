package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;

/** Where arrays lie to lines of the cache. */
class CacheLinesTest {

  private static final int SOME = 200;

  @Test
  void javaUpTo23Tells() {
    assertThat(CacheLines.known()).isEqualTo(Runtime.version().feature() <= 23);
  }

  @Test
  void neighboursLieAsFarApartAsTheyAreLong() {
    assumeThat(CacheLines.known()).isTrue();
    int length = CacheLines.FLOATS; // with its header an array is 16 bytes longer than a line
    float[][] arrays = new float[SOME][length];
    int as = 0;
    for (int i = 1; i < SOME; i++) {
      int apart = CacheLines.skip(arrays, i - 1) - CacheLines.skip(arrays, i);
      as += Math.floorMod(apart, CacheLines.FLOATS) == 4 ? 1 : 0;
    }
    assertThat(as).isGreaterThan(SOME * 3 / 4); // a thread allocates one behind the other
  }

  @Test
  void memoryHasRoomForAllThatWasAskedFor() {
    AlignedFloats memory = new AlignedFloats();
    for (int count : new int[] {0, 1, 15, 16, 17, 1000, 3}) {
      memory.reserve(count);
      assertThat(memory.start()).isBetween(0, CacheLines.FLOATS - 1);
      assertThat(memory.data().length - memory.start()).isGreaterThanOrEqualTo(count);
    }
  }

  @Test
  void memoryThatGrowsKeepsWhatFitsAndHasRoomForTheRest() {
    AlignedFloats memory = new AlignedFloats();
    memory.reserve(100);
    float[] first = memory.data();
    int start = memory.start();
    for (int count : new int[] {100, 3, 1000}) {
      memory.grow(count);
      assertThat(memory.data().length - memory.start()).isGreaterThanOrEqualTo(count);
      assertThat(memory.data() == first && memory.start() == start).isEqualTo(count <= 100);
    }
  }
}
