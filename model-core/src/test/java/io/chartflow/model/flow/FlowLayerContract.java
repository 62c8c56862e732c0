package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.Differences;
import io.chartflow.model.reference.DoubleCharts;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of {@link FlowLayer}. A new layer gets a test that extends this and lists its shapes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FlowLayerContract {

  private static final int ROWS = 19;
  private static final int ALL_WEIGHTS = 1500;
  private static final float BETWEEN = 77;

  /** The shapes under test. */
  abstract Stream<MapUnderTest> maps();

  @ParameterizedTest
  @MethodSource("maps")
  void inverseUndoesForward(MapUnderTest map) {
    SplitMix random = new SplitMix(11);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    putOnSurface(map, x, chart);
    Matrix back = SomeCharts.copy(x);
    map.forward(back, chart, new double[ROWS]);
    map.inverse(back, chart);

    assertClose(back, x);
  }

  @ParameterizedTest
  @MethodSource("maps")
  void forwardUndoesInverse(MapUnderTest map) {
    SplitMix random = new SplitMix(12);
    Matrix z = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    Matrix back = SomeCharts.copy(z);
    map.inverse(back, chart);
    map.forward(back, chart, new double[ROWS]);

    assertClose(back.columns(0, map.outputs()), z.columns(0, map.outputs()));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void valuesAndLogDeterminantsAreThoseOfTheDoubleTwin(MapUnderTest map) {
    SplitMix random = new SplitMix(13);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    Matrix y = SomeCharts.copy(x);
    double[] logDet = new double[ROWS];
    map.forward(y, chart, logDet);

    double[] theta = widened(map.theta());
    DoubleCharts charts = map.twinCharts();
    double[][] rows = DoubleCharts.rows(x);
    for (int i = 0; i < ROWS; i++) {
      double[] twinLogDet = new double[1];
      double[] twin = map.twin().forward(theta, charts, chart[i], rows[i], twinLogDet);
      for (int j = 0; j < twin.length; j++) {
        assertThat((double) y.get(i, j)).isCloseTo(twin[j], within(1e-4, twin[j]));
      }
      assertThat(logDet[i]).isCloseTo(twinLogDet[0], within(1e-4, twinLogDet[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void theLogDeterminantIsThatOfANumericJacobian(MapUnderTest map) {
    SplitMix random = new SplitMix(14);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    putOnSurface(map, x, chart);
    double[] logDet = new double[ROWS];
    map.forward(SomeCharts.copy(x), chart, logDet);

    double[] theta = widened(map.theta());
    DoubleCharts charts = map.twinCharts();
    double[][] rows = DoubleCharts.rows(x);
    for (int i = 0; i < ROWS; i++) {
      int k = chart[i];
      double numeric =
          Differences.logVolume(
              at -> map.twin().forward(theta, charts, k, at, new double[1]),
              rows[i],
              map.outputs());
      assertThat(logDet[i]).isCloseTo(numeric, offset(1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void bitsOfARowDoNotDependOnItsNeighbours(MapUnderTest map) {
    SplitMix random = new SplitMix(15);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    Matrix together = SomeCharts.copy(x);
    Matrix inverse = SomeCharts.copy(x);
    double[] logDet = new double[ROWS];
    map.forward(together, chart, logDet);
    map.inverse(inverse, chart);

    for (int i = ROWS - 1; i >= 0; i--) {
      int[] alone = {chart[i]};
      double[] logDetAlone = new double[1];
      Matrix row = SomeCharts.copy(new Matrix(x.data(), x.row(i), 1, x.cols(), x.stride()));
      Matrix back = SomeCharts.copy(row);
      map.forward(row, alone, logDetAlone);
      map.inverse(back, alone);
      assertThat(logDetAlone[0]).isEqualTo(logDet[i]);
      for (int j = 0; j < x.cols(); j++) {
        assertThat(row.get(0, j)).isEqualTo(together.get(i, j));
        assertThat(back.get(0, j)).isEqualTo(inverse.get(i, j));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void nothingIsNanOrInfiniteOverTenOrdersOfMagnitude(MapUnderTest map) {
    SplitMix random = new SplitMix(16);
    for (int exponent = -5; exponent <= 5; exponent++) {
      Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
      for (int i = 0; i < x.data().length; i++) {
        x.data()[i] *= (float) Math.pow(10, exponent);
      }
      int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
      Matrix inverse = SomeCharts.copy(x);
      double[] logDet = new double[ROWS];
      map.inverse(inverse, chart);
      map.forward(x, chart, logDet);
      Matrix dRows = SomeCharts.gaussian(ROWS, map.dimension(), random);
      float[] gradient = map.backward(dRows, chart, SomeCharts.gaussian(ROWS, 1, random).data());

      assertFinite(inverse.data());
      assertFinite(x.data());
      assertFinite(dRows.data());
      assertFinite(gradient);
      assertThat(java.util.Arrays.stream(logDet)).allMatch(Double::isFinite);
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void gradientsByHandAreThoseOfCentralDifferences(MapUnderTest map) {
    SplitMix random = new SplitMix(17);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    Matrix byOutput = SomeCharts.gaussian(ROWS, map.dimension(), random);
    float[] byLogDet = SomeCharts.gaussian(ROWS, 1, random).data();
    Matrix dRows = SomeCharts.copy(byOutput);
    map.forward(SomeCharts.copy(x), chart, new double[ROWS]);
    float[] dTheta = map.backward(dRows, chart, byLogDet);

    TwinLoss loss = new TwinLoss(map, chart, byOutput, byLogDet);
    double[] theta = widened(map.theta());
    double[] flat = widened(x.data());
    Differences.assertSameGradient(
        map + " by inputs", dRows.data(), Differences.gradient(at -> loss.of(theta, at), flat), 21);
    if (theta.length <= ALL_WEIGHTS) {
      Differences.assertSameGradient(
          map + " by weights", dTheta, Differences.gradient(at -> loss.of(at, flat), theta), 22);
    } else {
      Differences.assertSameSampledGradient(
          map + " by weights", dTheta, at -> loss.of(at, flat), theta, ALL_WEIGHTS, 22);
    }
  }

  /** Rows by which the loss does not change may be left out on the way back. */
  @ParameterizedTest
  @MethodSource("maps")
  void keptRowsHaveTheGradientsOfAllWhereTheOthersAreZero(MapUnderTest map) {
    SplitMix random = new SplitMix(19);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    Matrix dAll = SomeCharts.gaussian(ROWS, map.dimension(), random);
    float[] dLogDets = SomeCharts.gaussian(ROWS, 1, random).data();
    KeptRows kept = new KeptRows();
    kept.begin(ROWS);
    for (int i = 0; i < ROWS; i++) {
      if (i % 3 == 1 || i == ROWS - 1) {
        kept.add(i);
      } else {
        dLogDets[i] = 0;
        java.util.Arrays.fill(dAll.data(), dAll.row(i), dAll.row(i + 1), 0f);
      }
    }
    Matrix dKept = SomeCharts.copy(dAll).top(kept.count());
    kept.inRows(dKept.data(), dKept.cols());
    float[] dLogDetsKept = dLogDets.clone();
    kept.inRows(dLogDetsKept, 1);
    int[] charts = chart.clone();
    kept.single(charts);

    map.forward(SomeCharts.copy(x), chart, new double[ROWS]);
    float[] gradient = map.backward(dAll, chart, dLogDets);
    map.forward(SomeCharts.copy(x), chart, new double[ROWS]);
    map.keep(kept);
    float[] gradientOfKept = map.backward(dKept, charts, dLogDetsKept);

    for (int i = 0; i < kept.count(); i++) {
      for (int j = 0; j < dKept.cols(); j++) {
        assertThat(dKept.get(i, j)).isEqualTo(dAll.get(kept.row(i), j));
      }
    }
    for (int w = 0; w < gradient.length; w++) {
      assertThat((double) gradientOfKept[w]).isCloseTo(gradient[w], within(1e-5, gradient[w]));
    }
  }

  @ParameterizedTest
  @MethodSource("maps")
  void rowsOfAnotherWidthOrWithoutAChartAreRefused(MapUnderTest map) {
    int[] chart = new int[ROWS];
    for (int width : new int[] {map.dimension() - 1, map.dimension() + 1}) {
      Matrix wrong = Matrix.zeros(ROWS, width);
      String told = "expected rows of " + map.dimension() + " features";
      assertRefused(() -> map.forward(wrong, chart, new double[ROWS]), told);
      assertRefused(() -> map.inverse(wrong, chart), told);
      assertRefused(() -> map.backward(wrong, chart, new float[ROWS]), told);
    }
    Matrix right = Matrix.zeros(ROWS, map.dimension());
    int[] few = new int[ROWS - 1];
    assertRefused(() -> map.forward(right, few, new double[ROWS]), "and 18 charts");
    assertRefused(() -> map.inverse(right, few), "and 18 charts");
  }

  private static void assertRefused(ThrowingCallable call, String told) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @MethodSource("maps")
  void noRowsAreNoWork(MapUnderTest map) {
    Matrix none = Matrix.zeros(0, map.dimension());
    map.forward(none, new int[0], new double[0]);
    assertThat(map.backward(none, new int[0], new float[0]))
        .isEqualTo(new float[map.theta().length]);
    map.inverse(none, new int[0]);
  }

  /** The same bits, and what lies between the rows stays as it was. */
  @ParameterizedTest
  @MethodSource("maps")
  void rowsMayLieApart(MapUnderTest map) {
    SplitMix random = new SplitMix(18);
    Matrix x = SomeCharts.gaussian(ROWS, map.dimension(), random);
    Matrix dy = SomeCharts.gaussian(ROWS, map.dimension(), random);
    int[] chart = SomeCharts.charts(ROWS, map.charts(), random);
    float[] dLogDet = SomeCharts.gaussian(ROWS, 1, random).data();
    Matrix inverse = SomeCharts.copy(x);
    Matrix apart = apart(x);
    Matrix dApart = apart(dy);
    Matrix inverseApart = apart(x);
    map.inverse(inverse, chart);
    map.inverse(inverseApart, chart);
    assertSameApart(inverseApart, inverse);

    double[] logDet = new double[ROWS];
    double[] logDetApart = new double[ROWS];
    map.forward(x, chart, logDet);
    float[] gradient = map.backward(dy, chart, dLogDet);
    map.forward(apart, chart, logDetApart);
    float[] gradientApart = map.backward(dApart, chart, dLogDet);
    assertSameApart(apart, x);
    assertSameApart(dApart, dy);
    assertThat(logDetApart).isEqualTo(logDet);
    assertThat(gradientApart).isEqualTo(gradient);
  }

  private static Matrix apart(Matrix compact) {
    int stride = compact.cols() + 3;
    float[] data = new float[2 + compact.rows() * stride];
    java.util.Arrays.fill(data, BETWEEN);
    Matrix apart = new Matrix(data, 2, compact.rows(), compact.cols(), stride);
    for (int i = 0; i < compact.rows(); i++) {
      System.arraycopy(compact.data(), compact.row(i), data, apart.row(i), compact.cols());
    }
    return apart;
  }

  private static void assertSameApart(Matrix apart, Matrix compact) {
    Matrix expected = apart(compact);
    assertThat(apart.data()).isEqualTo(expected.data());
  }

  /**
   * With fewer outputs than inputs only an image of the inverse comes back, and only there is
   * {@code ½ log det(J·Jᵀ)} the change of volume along the surface.
   */
  private static void putOnSurface(MapUnderTest map, Matrix x, int[] chart) {
    if (map.outputs() < map.dimension()) {
      map.inverse(x, chart);
    }
  }

  private static void assertClose(Matrix got, Matrix expected) {
    for (int i = 0; i < expected.rows(); i++) {
      for (int j = 0; j < expected.cols(); j++) {
        double value = expected.get(i, j);
        assertThat((double) got.get(i, j)).isCloseTo(value, within(1e-4, value));
      }
    }
  }

  private static void assertFinite(float[] values) {
    for (float value : values) {
      assertThat(value).isFinite();
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double relative, double value) {
    return offset(relative * Math.max(1, Math.abs(value)));
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
