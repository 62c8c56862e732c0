package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.BaseKind;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and base against formulas and automatic differentiation by another program. */
class GoldenLayersTest {

  private final Kernels kernels = Kernels.best();
  private final ParameterLayout layout = new ParameterLayout();

  private static final List<String> TRANSFORMS = List.of("asinh", "spline-marginal");

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all().stream()
        .filter(c -> !c.kind().endsWith("base") && !TRANSFORMS.contains(c.kind()))
        .toList();
  }

  static List<GoldenCase> bases() throws IOException {
    return GoldenCase.all().stream().filter(c -> c.kind().endsWith("base")).toList();
  }

  @Test
  void everyLayerIsThere() throws IOException {
    assertThat(cases().stream().map(GoldenCase::kind).distinct())
        .containsExactlyInAnyOrder(
            "chart-affine",
            "coupling",
            "spline",
            "autoregressive",
            "inverse-autoregressive",
            "rotation",
            "lu",
            "embedding",
            "permutation");
    assertThat(bases().stream().map(GoldenCase::kind).distinct())
        .containsExactlyInAnyOrder("gaussian-base", "ball-base");
  }

  @ParameterizedTest
  @MethodSource("bases")
  void densitiesOfBasesAreThoseOfTheOtherProgram(GoldenCase golden) {
    BaseKind kind = golden.kind().equals("ball-base") ? BaseKind.BALL : BaseKind.GAUSSIAN;
    Base base = Base.of(kind, golden.count(0));
    Matrix z = golden.matrix("x", GoldenCase.ROWS);
    Matrix dz = Matrix.zeros(z.rows(), z.cols());
    double[] logDensity = new double[z.rows()];
    for (int i = 0; i < z.rows(); i++) {
      logDensity[i] = base.logDensity(z, i);
      base.gradient(z, i, -1, dz);
    }
    assertRelative("log-density", logDensity, golden.numbers("logdet"), 1e-6);
    assertRelative("gradient", flat(dz), golden.numbers("dx"), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreThoseOfTheOtherProgram(GoldenCase golden) {
    FlowLayer layer = layer(golden);
    assertThat(layout.size()).isEqualTo(golden.numbers("theta").length);
    Weights weights = new Weights(layout, golden.floats("theta"));
    weights.refresh(kernels);
    ChartSet charts = charts(golden);
    Matrix table = Matrix.zeros(GoldenCase.CHARTS, layer.tableColumns());
    layer.fillTable(kernels, weights, charts, table);
    int[] chart = Arrays.stream(golden.numbers("chart")).mapToInt(k -> (int) k).toArray();
    FlowPass pass = new FlowPass(kernels, weights, table, chart);
    FlowLayer.Run run = layer.run();

    Matrix rows = golden.matrix("x", GoldenCase.ROWS);
    double[] logDet = new double[GoldenCase.ROWS];
    run.forward(pass, rows, logDet);
    int outputs = golden.matrix("y", GoldenCase.ROWS).cols();
    assertRelative("y", flat(rows.columns(0, outputs)), golden.numbers("y"), 1e-4);
    assertRelative("log-determinant", logDet, golden.numbers("logdet"), 1e-4);

    Matrix dRows = Matrix.zeros(GoldenCase.ROWS, rows.cols());
    copy(golden.matrix("dy", GoldenCase.ROWS), dRows);
    Views dTheta = new Views(layout, new float[layout.size()]);
    Matrix dTable = Matrix.zeros(GoldenCase.CHARTS, layer.tableColumns());
    FlowLayer.LayerGradient gradient = new FlowLayer.LayerGradient(dTheta, dTable);
    run.backward(pass, dRows, golden.floats("dlogdet"), gradient);
    layer.tableBackward(kernels, weights, charts, dTable, dTheta);
    assertRelative("gradient by x", flat(dRows), golden.numbers("dx"), 1e-3);
    assertRelative(
        "gradient by weights",
        FlowLayerContract.widened(dTheta.values()),
        golden.numbers("dtheta"),
        1e-3);
  }

  private FlowLayer layer(GoldenCase c) {
    int d = c.count(0);
    return switch (c.kind()) {
      case "chart-affine" -> new ChartAffine(layout, d, c.count(1), c.argument(2));
      case "coupling" ->
          new AffineCoupling(layout, d, c.count(1), c.count(2), 1, c.count(3), c.argument(4));
      case "spline" -> {
        SplineShape shape = new SplineShape(c.count(5), c.argument(6));
        yield new SplineCoupling(
            layout, d, c.count(1), c.count(2), 1, c.count(3), c.argument(4), shape);
      }
      case "autoregressive" ->
          new Autoregressive(layout, d, c.count(1) == 1, c.count(2), c.count(3), c.argument(4));
      case "inverse-autoregressive" ->
          new InverseAutoregressive(
              layout, d, c.count(1) == 1, c.count(2), c.count(3), c.argument(4));
      case "rotation" -> new Rotation(layout, d, c.count(1));
      case "permutation" -> Permutation.rotation(d, c.count(1));
      case "lu" -> new LuLinear(layout, d, c.argument(1));
      case "embedding" -> new ConformalEmbedding(layout, d, c.count(1), c.count(2), c.argument(3));
      default -> throw new IllegalArgumentException("a layer that this test knows: " + c.kind());
    };
  }

  private static ChartSet charts(GoldenCase golden) {
    return new ChartSet(
        golden.matrix("codes", GoldenCase.CHARTS),
        golden.matrix("means", GoldenCase.CHARTS),
        golden.matrix("variances", GoldenCase.CHARTS));
  }

  private static double[] flat(Matrix m) {
    double[] flat = new double[m.rows() * m.cols()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = m.get(i / m.cols(), i % m.cols());
    }
    return flat;
  }

  private static void copy(Matrix from, Matrix to) {
    for (int i = 0; i < from.rows(); i++) {
      for (int j = 0; j < from.cols(); j++) {
        to.set(i, j, from.get(i, j));
      }
    }
  }

  /** Relative to the number itself or, where it is small, to the smaller of 1 and the typical. */
  private static void assertRelative(
      String what, double[] got, double[] expected, double tolerance) {
    assertThat(got).as(what).hasSameSizeAs(expected);
    double squares = Arrays.stream(expected).map(e -> e * e).sum();
    double typical = Math.sqrt(squares / Math.max(1, expected.length));
    for (int i = 0; i < got.length; i++) {
      double size = Math.max(Math.abs(expected[i]), Math.min(1, typical));
      assertThat(got[i])
          .as("%s, entry %d", what, i)
          .isCloseTo(expected[i], offset(tolerance * size + 1e-9));
    }
  }
}
