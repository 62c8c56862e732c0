package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.flow.RationalQuadratic.Shape;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleSpline;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplineCouplingTest extends FlowLayerContract {

  @Override
  Stream<MapUnderTest> maps() {
    return Stream.of(
        map(1, 0, 4, 8, 4.0),
        map(2, 1, 16, 8, 4.0),
        map(2, 0, 3, 2, 1.0),
        map(3, 1, 32, 5, 2.0),
        map(3, 2, 7, 16, 3.0),
        map(7, 4, 17, 8, 4.0));
  }

  private static MapUnderTest map(int dimension, int kept, int width, int bins, double bound) {
    SplitMix random = new SplitMix(500 + 10 * dimension + kept);
    int codeDimension = 1 + dimension;
    ParameterLayout layout = new ParameterLayout();
    FlowLayer layer =
        new SplineCoupling(
            layout, dimension, kept, codeDimension, width, 2.0, new Shape(bins, bound));
    return new LayerMap(
        "spline of %d features, %d kept, %d bins to %s".formatted(dimension, kept, bins, bound),
        layer,
        layout,
        new DoubleSpline(0, dimension, kept, codeDimension, width, 2.0, bins, bound),
        SomeCharts.of(dimension == 3 ? 1 : 5, dimension, codeDimension, random),
        random);
  }

  @Test
  void startsAsTheIdentity() {
    ParameterLayout layout = new ParameterLayout();
    SplineCoupling layer = new SplineCoupling(layout, 3, 1, 2, 8, 3.0, new Shape(8, 4));
    Applied applied = Applied.freshly(layer, layout, 3, 2);

    for (int i = 0; i < applied.x().data().length; i++) {
      assertThat(applied.y().data()[i]).isCloseTo(applied.x().data()[i], offset(1e-5f));
    }
    for (double logDet : applied.logDet()) {
      assertThat(logDet).isCloseTo(0, offset(1e-5));
    }
  }

  @Test
  void beyondTheBoundAFeaturePassesUnchangedAndAtTheBoundNothingJumps() {
    Matrix theta = SomeCharts.gaussian(1, 3 * 6 - 1, new SplitMix(9));
    RationalQuadratic spline = new RationalQuadratic(new Shape(6, 2.5));
    prepare(spline, theta.data());

    assertThat(spline.forward(theta.data(), 0, 2.6)).isEqualTo(2.6);
    assertThat(spline.logSlope()).isZero();
    assertThat(spline.inverse(theta.data(), 0, -1e30)).isEqualTo(-1e30);
    for (double end : new double[] {-2.5, 2.5}) {
      assertThat(spline.forward(theta.data(), 0, end)).isCloseTo(end, offset(1e-12));
      assertThat(spline.logSlope()).isCloseTo(0, offset(1e-12));
      assertThat(spline.inverse(theta.data(), 0, end)).isCloseTo(end, offset(1e-12));
    }
  }

  @Test
  void extremeParametersStayMonotoneAndInvertible() {
    SplitMix random = new SplitMix(10);
    RationalQuadratic spline = new RationalQuadratic(new Shape(8, 4));
    for (int trial = 0; trial < 200; trial++) {
      float[] p = SomeCharts.gaussian(1, 23, random).data();
      for (int i = 0; i < p.length; i++) {
        p[i] *= trial;
      }
      prepare(spline, p);
      double before = -4;
      for (double x = -3.99; x < 4; x += 0.01) {
        double y = spline.forward(p, 0, x);
        assertThat(y).isGreaterThan(before);
        assertThat(spline.logSlope()).isFinite();
        before = y;
        // An error of y is divided by the slope.
        double tolerance = 1e-10 * Math.max(1, Math.exp(-spline.logSlope()));
        assertThat(spline.inverse(p, 0, y)).isCloseTo(x, offset(tolerance));
      }
    }
  }

  @Test
  void oneBinIsRefused() {
    assertThatThrownBy(() -> new Shape(1, 4))
        .hasMessage("a spline needs 2 to 256 bins and a positive bound, got 1 and 4.0");
  }

  private static void prepare(RationalQuadratic spline, float[] p) {
    spline.lower(p, 0);
    Kernels.best().expInPlace(Matrix.of(p, 0, 1, p.length));
    spline.share(p, 0);
  }
}
