package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleChartAffine;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartAffineTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(map(1, 1, 0.5), map(2, 3, 3.0), map(5, 8, 3.0));
  }

  private static MapUnderTest map(int dimension, int codeDimension, double bound) {
    SplitMix random = new SplitMix(100 + dimension);
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer = new ChartAffine(layout, dimension, codeDimension, bound);
    return new LayerMap(
        "chart affine in " + dimension + " dimensions",
        layer,
        layout,
        new DoubleChartAffine(0, dimension, codeDimension, bound),
        SomeCharts.of(4, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheStandardiserOfEachChartsMembers() {
    SplitMix random = new SplitMix(5);
    ParameterLayout layout = new ParameterLayout();
    ChartAffine layer = new ChartAffine(layout, 2, 3, 3.0);
    float[] theta = new float[layout.size()];
    layer.initialise(theta, random);
    ChartSet charts = SomeCharts.of(4, 2, 3, random);
    Matrix table = Matrix.zeros(4, layer.tableColumns());
    layer.fillTable(Kernels.best(), SomeWeights.of(layout, theta), charts, table);

    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 2; j++) {
        double deviation = Math.sqrt(charts.variances().get(k, j));
        assertThat(table.get(k, j)).isEqualTo(charts.means().get(k, j));
        assertThat((double) table.get(k, 2 + j)).isCloseTo(Math.log(deviation), offset(1e-6));
      }
    }
  }

  @Test
  void aChartWithoutSpreadStaysFinite() {
    ParameterLayout layout = new ParameterLayout();
    ChartAffine layer = new ChartAffine(layout, 1, 1, 3.0);
    ChartSet charts = new ChartSet(Matrix.zeros(1, 1), Matrix.zeros(1, 1), Matrix.zeros(1, 1));
    Matrix table = Matrix.zeros(1, layer.tableColumns());
    Weights weights = SomeWeights.of(layout, new float[layout.size()]);
    layer.fillTable(Kernels.best(), weights, charts, table);

    assertThat((double) table.get(0, 1)).isCloseTo(0.5 * Math.log(1e-4), offset(1e-6));
  }
}
