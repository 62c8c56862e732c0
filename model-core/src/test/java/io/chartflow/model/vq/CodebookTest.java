package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodebookTest {

  private static final double DECAY = 0.9;

  @Test
  void theStartPicksOnePointOfEachFarCluster() {
    Matrix clusters = Matrix.zeros(60, 1);
    SplitMix random = new SplitMix(1);
    for (int i = 0; i < 60; i++) {
      clusters.set(i, 0, (float) (1000 * (i % 4) + 0.01 * random.nextGaussian()));
    }
    for (int seed = 0; seed < 50; seed++) {
      Codebook codebook = new Codebook(4, 1, DECAY);
      codebook.start(clusters, new SplitMix(seed));
      int[] picked =
          IntStream.range(0, 4).map(k -> Math.round(codebook.codes().get(k, 0) / 1000)).toArray();

      assertThat(picked).as("seed %d", seed).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void theStartOnEqualEncodingsDoesNotFail() {
    Codebook codebook = new Codebook(3, 2, DECAY);
    codebook.start(Matrix.zeros(5, 2), new SplitMix(2));

    assertThat(codebook.codes().data()).containsOnly(0f);
    assertThat(codebook.alive(5)).isEqualTo(3);
  }

  @Test
  void anUpdateIsTheMovingAverageWithLaplaceSmoothing() {
    Matrix encodings = Matrix.of(new float[] {0, 10, 1, 11, 2, 12}, 0, 6, 1);
    Codebook codebook = new Codebook(3, 1, DECAY);
    codebook.start(encodings, new SplitMix(3));
    Codebook.CodebookState before = codebook.state();
    int[] nearest = {0, 1, 0, 1, 0, 1}; // the third code gets nothing
    codebook.update(encodings, nearest);

    double[] hits = {3, 3, 0};
    double[] sums = {0 + 1 + 2, 10 + 11 + 12, 0};
    double[] counts = new double[3];
    for (int k = 0; k < 3; k++) {
      counts[k] = DECAY * before.counts().get(k) + (1 - DECAY) * hits[k];
    }
    double total = Arrays.stream(counts).sum();
    for (int k = 0; k < 3; k++) {
      double moved = DECAY * before.sums().get(k) + (1 - DECAY) * sums[k];
      double smoothed = total * (counts[k] + 1e-5) / (total + 3 * 1e-5);
      assertThat((double) codebook.codes().get(k, 0)).isCloseTo(moved / smoothed, offset(1e-4));
      assertThat((double) codebook.state().counts().get(k)).isCloseTo(counts[k], offset(1e-5));
      assertThat((double) codebook.state().sums().get(k)).isCloseTo(moved, offset(1e-4));
    }
  }

  @Test
  void aCodeThatNobodyUsesStaysFiniteForEver() {
    Matrix encodings = Matrix.of(new float[] {1, 1, 1, 1}, 0, 4, 1);
    Codebook codebook = new Codebook(2, 1, 0);
    codebook.start(encodings, new SplitMix(4));
    for (int step = 0; step < 1000; step++) {
      codebook.update(encodings, new int[4]);
    }

    assertThat(codebook.codes().get(0, 0)).isEqualTo(1f, offset(1e-4f));
    assertThat(codebook.codes().get(1, 0)).isFinite();
    assertThat(codebook.alive(4)).isEqualTo(1);
  }

  @Test
  void aRevivedCodeSurvivesTheNextUpdate() {
    Matrix encodings = Matrix.of(new float[] {0, 0, 0, 0, 0, 0, 0, 50}, 0, 8, 1);
    Codebook codebook = new Codebook(2, 1, DECAY);
    codebook.restore(new Codebook.CodebookState(floats(0, -900), floats(8, 0.01f), floats(0, -9)));
    double[] squared = {0, 0, 0, 0, 0, 0, 0, 2500};
    int[] placed = new int[2];
    int revived = codebook.revive(encodings, squared, new SplitMix(5), placed);

    assertThat(revived).isEqualTo(1);
    assertThat(placed).containsExactly(-1, 7);
    assertThat(codebook.codes().get(1, 0)).isEqualTo(50);
    assertThat(codebook.state().counts().get(1)).isEqualTo(2); // half of an equal share of 8/2
    assertThat(codebook.state().sums().get(1)).isEqualTo(100); // reset together with the count
    assertThat(squared[7]).isZero();

    codebook.update(encodings, new int[] {0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(codebook.codes().get(1, 0)).isEqualTo(50, offset(0.01f));
    codebook.update(encodings, new int[8]); // nor is it lost where nobody is near
    assertThat(codebook.codes().get(1, 0)).isEqualTo(50, offset(0.01f));
  }

  @Test
  void severalDeadCodesComeBackAtDifferentPlaces() {
    Matrix encodings = Matrix.of(new float[] {0, 100, 200, 300}, 0, 4, 1);
    Codebook codebook = new Codebook(4, 1, DECAY);
    codebook.restore(
        new Codebook.CodebookState(floats(0, 0, 0, 0), floats(4, 0, 0, 0), floats(0, 0, 0, 0)));
    double[] squared = {0, 1e4, 4e4, 9e4};
    int[] placed = new int[4];
    codebook.revive(encodings, squared, new SplitMix(6), placed);

    assertThat(placed).containsExactlyInAnyOrder(-1, 1, 2, 3);
  }

  @Test
  void aRestoredCodebookIsTheSame() {
    Codebook codebook = new Codebook(3, 2, DECAY);
    codebook.start(Matrix.of(new float[] {1, 2, 3, 4, 5, 6}, 0, 3, 2), new SplitMix(7));
    Codebook other = new Codebook(3, 2, DECAY);
    other.restore(codebook.state());

    assertThat(other.state()).isEqualTo(codebook.state());
  }

  private static io.chartflow.model.linalg.Floats floats(float... values) {
    return io.chartflow.model.linalg.Floats.copyOf(values);
  }
}
