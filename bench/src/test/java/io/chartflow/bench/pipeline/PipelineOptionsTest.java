package io.chartflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.EventFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PipelineOptionsTest {

  @Test
  void theFirstPartWarmsUpAndThoseAfterItHalfAsOften() {
    PipelineOptions all = options(List.of(Part.values()));
    assertThat(all.warmups(Part.SCORE)).isEqualTo(10);
    assertThat(all.warmups(Part.SCORE_AT_LEAST_ONCE)).isEqualTo(5);
    assertThat(all.warmups(Part.LEARN)).isEqualTo(5);
    assertThat(all.warmups(Part.DELAY)).isEqualTo(5);
    assertThat(all.warmups(Part.RESTORE)).isZero();
  }

  @Test
  void delaysAloneWarmUpAsTheFirstPartDoes() {
    assertThat(options(List.of(Part.DELAY)).warmups(Part.DELAY)).isEqualTo(10);
  }

  private static PipelineOptions options(List<Part> parts) {
    return new PipelineOptions(
        parts,
        EventFormat.PACKED_FLOATS,
        512,
        3,
        10,
        5,
        100_000,
        1,
        2,
        new TreeMap<>(),
        null,
        null);
  }
}
