package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EachCountTest {

  @Test
  void whatIsAskedForTwiceIsMadeOnce() {
    EachCount<List<Integer>> lists = new EachCount<>(3, List::of);

    assertThat(lists.of(3)).containsExactly(3).isSameAs(lists.of(3));
    assertThat(lists.of(0)).containsExactly(0);
  }
}
