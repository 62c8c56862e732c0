package io.chartflow.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract of the autoregressive layer does not say of its network. */
class MaskedMlpTest {

  private static final int ROWS = 13;

  private final Kernels kernels = Kernels.best();

  @ParameterizedTest
  @CsvSource({"1,5", "2,16", "5,40", "9,3", "20,64"})
  void featureByFeatureGivesTheBitsOfAllAtOnce(int features, int width) {
    SplitMix random = new SplitMix(31 + features);
    ParameterLayout layout = new ParameterLayout();
    MaskedMlp net = new MaskedMlp(layout, features, width, 2);
    Weights weights = new Weights(layout, gaussian(1, layout.size(), random).data());
    Matrix x = gaussian(ROWS, features, random);
    Matrix sums = gaussian(ROWS, width, random);

    MaskedMlp.Tape tape = net.tape();
    Matrix together = Matrix.zeros(ROWS, 2 * features);
    System.arraycopy(sums.data(), 0, tape.hidden1(ROWS).data(), 0, ROWS * width);
    tape.forward(kernels, weights, x, together);
    Matrix oneByOne = Matrix.zeros(ROWS, 2 * features);
    System.arraycopy(sums.data(), 0, tape.hidden1(ROWS).data(), 0, ROWS * width);
    for (int d = 0; d < features; d++) {
      tape.forward(kernels, weights, x, d, oneByOne);
    }

    assertThat(oneByOne.data()).isEqualTo(together.data());
  }

  /** To rounding: the sums are taken from the other end. */
  @ParameterizedTest
  @CsvSource({"1,5", "2,16", "5,40", "9,3", "20,64"})
  void goingBackFeatureByFeatureGivesTheGradientOfAllAtOnce(int features, int width) {
    SplitMix random = new SplitMix(61 + features);
    ParameterLayout layout = new ParameterLayout();
    MaskedMlp net = new MaskedMlp(layout, features, width, 2);
    Weights weights = new Weights(layout, gaussian(1, layout.size(), random).data());
    weights.refresh(kernels);
    Matrix x = gaussian(ROWS, features, random);
    Matrix dy = gaussian(ROWS, 2 * features, random);
    MaskedMlp.Tape tape = net.tape();
    tape.hidden1(ROWS).fill(0.1f);
    tape.forward(kernels, weights, x, Matrix.zeros(ROWS, 2 * features));

    Matrix dx = Matrix.zeros(ROWS, features);
    float[] gradient = new float[layout.size()];
    float[] d1 =
        tape.backward(kernels, weights, x, dy, dx, new Views(layout, gradient)).data().clone();
    Matrix dxByFeature = Matrix.zeros(ROWS, features);
    float[] byFeature = new float[layout.size()];
    for (int d = features - 1; d >= 0; d--) {
      tape.backward(kernels, weights, d, dy, dxByFeature);
    }
    float[] d1ByFeature = tape.gather(kernels, x, dy, new Views(layout, byFeature)).data();

    assertClose(dxByFeature.data(), dx.data());
    assertClose(byFeature, gradient);
    assertClose(d1ByFeature, d1);
  }

  private static void assertClose(float[] got, float[] expected) {
    float most = 1;
    for (float value : expected) {
      most = Math.max(most, Math.abs(value));
    }
    assertThat(got).containsExactly(expected, offset(1e-5f * most));
  }

  private static Matrix gaussian(int rows, int cols, SplitMix random) {
    Matrix m = Matrix.zeros(rows, cols);
    for (int i = 0; i < rows * cols; i++) {
      m.data()[i] = (float) random.nextGaussian();
    }
    return m;
  }
}
