package io.chartflow.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.flow.GoldenCase;
import io.chartflow.model.linalg.Doubles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transforms of features against formulas and slopes by another program. */
class GoldenMarginalsTest {

  private static final List<String> KINDS = List.of("asinh", "spline-marginal");

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all().stream().filter(c -> KINDS.contains(c.kind())).toList();
  }

  @Test
  void everyTransformIsThere() throws IOException {
    assertThat(cases().stream().map(GoldenCase::kind).distinct()).hasSameElementsAs(KINDS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndLogDerivativesAreThoseOfTheOtherProgram(GoldenCase golden) {
    MarginalKind kind = golden.kind().equals("asinh") ? MarginalKind.ASINH : MarginalKind.SPLINE;
    Marginal marginal = Marginal.of(kind, Doubles.copyOf(golden.arguments()));
    double[] x = golden.numbers("x");
    double[] y = golden.numbers("y");
    double[] logs = golden.numbers("logdet");
    assertThat(x).isNotEmpty();
    for (int i = 0; i < x.length; i++) {
      double at = (float) x[i]; // the script rounds to a float, and writes it shorter
      assertThat(marginal.apply(at)).isCloseTo(y[i], offset(1e-6 * Math.max(1, Math.abs(y[i]))));
      assertThat(marginal.logDerivative(at)).isCloseTo(logs[i], offset(1e-6));
    }
  }
}
