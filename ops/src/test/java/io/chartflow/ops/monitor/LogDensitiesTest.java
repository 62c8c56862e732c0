package io.chartflow.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDensitiesTest {

  private static final double[] RANKS = {0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999};

  /** Beyond these the library puts the extremes in. */
  private static final double[] INNER = {0.01, 0.1, 0.5, 0.9, 0.99};

  @Test
  void quantilesOfFewValuesAreExact() {
    LogDensities few = new LogDensities();
    for (int i = 30; i > 0; i--) {
      few.add(i);
    }

    assertThat(few.quantiles(0.01, 0.1, 0.5, 0.9, 0.99)).containsExactly(1, 3, 15, 27, 30);
    assertThat(few.rankError()).isZero();
    assertThat(few.min()).isEqualTo(1);
    assertThat(few.max()).isEqualTo(30);
    assertThat(few.sum()).isEqualTo(465);
  }

  @Test
  void manyPartsOverManyRestartsAreWithinTheStatedError() throws IOException {
    double[] values = new Random(3).doubles(200_000).map(u -> 5 * Math.log(u)).toArray();
    LogDensities merged = new LogDensities();
    for (int part = 0; part < 8; part++) {
      LogDensities one = new LogDensities();
      for (int i = part; i < values.length; i += 8) {
        one.add(values[i]);
        if (i % 40_000 == part) {
          one = backAndForth(one);
        }
      }
      merged.merge(one);
    }
    Arrays.sort(values);

    assertThat(merged.count()).isEqualTo(values.length);
    assertThat(merged.min()).isEqualTo(values[0]);
    assertThat(merged.max()).isEqualTo(values[values.length - 1]);
    assertThat(merged.sum()).isCloseTo(Arrays.stream(values).sum(), within(1e-4));
    assertThat(merged.rankError()).isBetween(0.001, 0.004);
    double[] quantiles = merged.quantiles(RANKS);
    for (int r = 0; r < RANKS.length; r++) {
      double rank = (double) Arrays.binarySearch(values, quantiles[r]) / values.length;
      assertThat(rank).isCloseTo(RANKS[r], within(merged.rankError()));
    }
  }

  @ParameterizedTest
  @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "no later JDK writes a sketch's bytes")
  @ValueSource(ints = {0, 1, 2, 799, 800, 801, 5_000, 300_000})
  void whatTheLibraryWroteBeforeIsReadAsTheLibraryReadsIt(int count) {
    Random random = new Random(4);
    KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(800);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double value = random.nextGaussian();
      sketch.update(value);
      sum += value;
    }
    LogDensities read = LogDensityCodec.ofSketch(sketch.toByteArray(), sum);

    assertThat(read.count()).isEqualTo(count);
    if (count > 0) {
      assertThat(read.sum()).isEqualTo(sum);
      assertThat(read.min()).isEqualTo(sketch.getMinItem());
      assertThat(read.max()).isEqualTo(sketch.getMaxItem());
      assertThat(read.quantiles(INNER)).containsExactly(sketch.getQuantiles(INNER));
      assertThat(read.rankError())
          .isEqualTo(sketch.isEstimationMode() ? sketch.getNormalizedRankError(false) : 0);
    }
  }

  private static LogDensities backAndForth(LogDensities logDensities) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogDensityCodec.write(logDensities, new DataOutputStream(bytes));
    return LogDensityCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
