package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoublePermutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermutationTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(2, Permutation.rotation(2, 1), DoublePermutation.rotation(2, 1)),
        map(5, Permutation.rotation(5, 2), DoublePermutation.rotation(5, 2)),
        map(
            6,
            Permutation.shuffle(6, new SplitMix(9)),
            DoublePermutation.shuffle(6, new SplitMix(9))));
  }

  private static MapUnderTest map(int dimension, Permutation layer, DoublePermutation twin) {
    SplitMix random = new SplitMix(300);
    ChartSet charts = SomeCharts.of(2, dimension, 1, random);
    String name = "permutation of " + dimension + " features";
    return new LayerMap(name, layer, new ParameterLayout(), twin, charts, random);
  }

  @Test
  void aRotationBringsFeatureByToTheFront() {
    Matrix x = Matrix.of(new float[] {10, 11, 12}, 0, 1, 3);
    Weights none = new Weights(new ParameterLayout(), new float[0]);
    FlowPass pass = new FlowPass(Kernels.best(), none, Matrix.zeros(1, 0), new int[1]);
    Permutation.rotation(3, 1).run().forward(pass, x, new double[1]);

    assertThat(x.data()).containsExactly(11, 12, 10);
  }
}
