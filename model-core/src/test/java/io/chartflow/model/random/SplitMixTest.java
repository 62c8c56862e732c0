package io.chartflow.model.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMixTest {

  @Test
  void numbersAreThoseOfThePublishedGenerator() {
    SplitMix random = new SplitMix(1234567);
    String[] expected = {
      "6457827717110365317",
      "3203168211198807973",
      "9817491932198370423",
      "4593380528125082431",
      "16408922859458223821"
    };
    for (String value : expected) {
      assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(value);
    }
  }

  @Test
  void theStateGoesOnWithTheSameNumbers() {
    SplitMix random = new SplitMix(5);
    random.nextGaussian();
    SplitMix other = new SplitMix(random.state());

    assertThat(LongStream.generate(other::nextLong).limit(10).toArray())
        .isEqualTo(LongStream.generate(random::nextLong).limit(10).toArray());
  }

  @Test
  void uniformsFillTheUnitIntervalEvenly() {
    SplitMix random = new SplitMix(6);
    int[] bins = new int[20];
    for (int i = 0; i < 200_000; i++) {
      double u = random.nextDouble();
      assertThat(u).isBetween(0.0, Math.nextDown(1.0));
      bins[(int) (20 * u)]++;
    }
    double chiSquared = 0;
    for (int bin : bins) {
      chiSquared += Math.pow(bin - 10_000, 2) / 10_000;
    }
    assertThat(chiSquared).as("19 degrees of freedom, 99.9 %").isLessThan(43.8);
  }

  @Test
  void integersStayBelowTheirBoundAndReachAllOfIt() {
    SplitMix random = new SplitMix(7);
    boolean[] seen = new boolean[7];
    for (int i = 0; i < 1000; i++) {
      seen[random.nextInt(7)] = true;
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void streamsOfOneSeedDiffer() {
    assertThat(SplitMix.forStream(1, 1).nextLong())
        .isNotEqualTo(SplitMix.forStream(1, 2).nextLong());
    assertThat(SplitMix.forStream(1, 1).nextLong())
        .isNotEqualTo(SplitMix.forStream(2, 1).nextLong());
    assertThat(SplitMix.forStream(1, 1).nextLong()).isEqualTo(SplitMix.forStream(1, 1).nextLong());
  }

  @Test
  void gaussiansHaveTheMomentsOfTheStandardNormal() {
    SplitMix random = new SplitMix(8);
    int n = 200_000;
    double[] moments = new double[5];
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      for (int power = 1; power <= 4; power++) {
        moments[power] += Math.pow(x, power) / n;
      }
    }
    assertThat(moments[1]).isCloseTo(0, offset(0.01));
    assertThat(moments[2]).isCloseTo(1, offset(0.015));
    assertThat(moments[3]).isCloseTo(0, offset(0.05));
    assertThat(moments[4]).isCloseTo(3, offset(0.1));
  }
}
