package io.chartflow.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.AllKernels;
import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockMlpTest {

  private final BlockKernels blocks = Kernels.best().blocks().orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "1,8,8",
    "3,64,8",
    "3,16,2",
    "2,64,4",
    "5,40,16",
    "16,128,16",
    "33,24,8",
    "4,272,4",
    "5,520,24"
  })
  void outputsAreThoseOfThePlainNetworkToTheBit(int inputs, int width, int outputs) {
    SplitMix random = new SplitMix(31);
    ParameterLayout layout = new ParameterLayout();
    Mlp net = new Mlp(layout, inputs, width, outputs);
    float[] theta = new float[layout.size()];
    net.initialise(theta, random, inputs, false);
    Weights weights = new Weights(layout, theta);
    weights.refresh(AllKernels.scalar());
    weights.pack(Kernels.best());
    int r = blocks.rows();
    for (int rows : new int[] {0, 1, r - 1, r, r + 1, 3 * r + 5}) {
      Matrix x = some(rows, inputs, random);
      Matrix expected = Matrix.zeros(rows, outputs);
      net.forward(AllKernels.scalar(), weights, x, new MlpTape(width), expected);
      Matrix y = Matrix.zeros(rows, outputs);
      new BlockMlp(net, blocks).forward(weights, x, y);

      assertThat(net.fitsBlocks()).isTrue();
      assertThat(y.data()).as("%d rows", rows).isEqualTo(expected.data());
    }
  }

  @ParameterizedTest
  @CsvSource({"64,1", "64,3", "64,5", "63,8", "65,2", "8,4"})
  void aNetworkOfOddSizesDoesNotFit(int width, int outputs) {
    boolean eights = width % 8 == 0 && outputs % 8 == 0;
    assertThat(new Mlp(new ParameterLayout(), 3, width, outputs).fitsBlocks()).isEqualTo(eights);
  }

  @Test
  void weightsOfTwoKindsMustLieInOneArray() {
    Matrix one = Matrix.zeros(2, 8);
    AlignedFloats x = new AlignedFloats();
    AlignedFloats y = new AlignedFloats();
    x.reserve(4 * blocks.rows());
    y.reserve(8 * blocks.rows());
    assertThatThrownBy(() -> blocks.affine(x, 0, one, Matrix.zeros(2, 8), one, true, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected weights of one array");
  }

  /** Not a number and both infinities among others. */
  private static Matrix some(int rows, int cols, SplitMix random) {
    Matrix x = Matrix.zeros(rows, cols);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) random.nextGaussian();
    }
    if (rows > 3) {
      x.set(1, 0, Float.NaN);
      x.set(2, 0, Float.POSITIVE_INFINITY);
      x.set(3, 0, Float.NEGATIVE_INFINITY);
    }
    return x;
  }
}
