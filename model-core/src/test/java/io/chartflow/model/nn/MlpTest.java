package io.chartflow.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.Differences;
import io.chartflow.model.reference.DoubleCharts;
import io.chartflow.model.reference.DoubleMlp;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlpTest {

  private static final int ROWS = 13;

  private final Kernels kernels = Kernels.best();

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,5,2", "3,8,4", "9,17,1", "5,16,4", "32,48,3"})
  void outputsAreThoseOfTheDoubleTwin(int inputs, int width, int outputs) {
    Net net = new Net(inputs, width, outputs);
    Matrix y = Matrix.zeros(ROWS, outputs);
    net.mlp.forward(kernels, net.weights, net.x, new MlpTape(width), y);

    double[][] rows = DoubleCharts.rows(net.x);
    for (int i = 0; i < ROWS; i++) {
      double[] expected = net.twin.apply(widened(net.theta), rows[i]);
      for (int j = 0; j < outputs; j++) {
        double tolerance = 1e-5 * Math.max(1, Math.abs(expected[j]));
        assertThat((double) y.get(i, j)).isCloseTo(expected[j], offset(tolerance));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5,2", "3,8,4", "9,17,1", "16,16,4"})
  void gradientsByHandAreThoseOfCentralDifferences(int inputs, int width, int outputs) {
    Net net = new Net(inputs, width, outputs);
    MlpTape tape = new MlpTape(width);
    net.mlp.forward(kernels, net.weights, net.x, tape, Matrix.zeros(ROWS, outputs));
    Matrix dy = gaussian(ROWS, outputs, new SplitMix(8));
    Matrix dx = Matrix.zeros(ROWS, inputs);
    float[] gradient = new float[net.theta.length];
    net.mlp.backward(kernels, net.weights, net.x, tape, dy, dx, new Views(net.layout, gradient));

    double[] theta = widened(net.theta);
    double[] x = widened(net.x.data());
    Differences.assertSameGradient(
        "by weights", gradient, Differences.gradient(at -> net.loss(at, x, dy), theta), 1);
    Differences.assertSameGradient(
        "by inputs", dx.data(), Differences.gradient(at -> net.loss(theta, at, dy), x), 2);
  }

  @Test
  void startingWeightsLieWithinTheBoundOfTheirFanIn() {
    ParameterLayout layout = new ParameterLayout();
    Mlp mlp = new Mlp(layout, 4, 25, 3);
    float[] theta = new float[layout.size()];
    mlp.initialise(theta, new SplitMix(3), 4, true);

    int first = 4 * 25 + 25;
    int second = 25 * 25 + 25;
    for (int i = 0; i < first; i++) {
      assertThat(Math.abs(theta[i])).isBetween(1e-9f, 0.5f);
    }
    for (int i = first; i < first + second; i++) {
      assertThat(Math.abs(theta[i])).isLessThanOrEqualTo(0.2f);
    }
    assertThat(Arrays.copyOfRange(theta, first + second, theta.length)).containsOnly(0f);
  }

  /** A network, its twin and its inputs. */
  private static final class Net {

    private final ParameterLayout layout = new ParameterLayout();
    private final Mlp mlp;
    private final DoubleMlp twin;
    private final float[] theta;
    private final Matrix x;
    private final Weights weights;

    private Net(int inputs, int width, int outputs) {
      SplitMix random = new SplitMix(7 + inputs);
      this.mlp = new Mlp(layout, inputs, width, outputs);
      this.twin = new DoubleMlp(0, inputs, width, outputs);
      this.theta = new float[layout.size()];
      mlp.initialise(theta, random, inputs, false);
      this.x = gaussian(ROWS, inputs, random);
      this.weights = new Weights(layout, theta);
      weights.refresh(Kernels.best());
    }

    private double loss(double[] weights, double[] rows, Matrix dy) {
      double loss = 0;
      for (int i = 0; i < ROWS; i++) {
        int d = mlp.inputs();
        double[] y = twin.apply(weights, Arrays.copyOfRange(rows, i * d, (i + 1) * d));
        for (int j = 0; j < y.length; j++) {
          loss += dy.get(i, j) * y[j];
        }
      }
      return loss;
    }
  }

  private static Matrix gaussian(int rows, int cols, SplitMix random) {
    Matrix m = Matrix.zeros(rows, cols);
    for (int i = 0; i < rows * cols; i++) {
      m.data()[i] = (float) random.nextGaussian();
    }
    return m;
  }

  private static double[] widened(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
