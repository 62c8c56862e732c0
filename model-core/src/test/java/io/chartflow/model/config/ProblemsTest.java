package io.chartflow.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  @Test
  void nothingBrokenThrowsNothing() {
    Problems problems = new Problems("a").between("b", 1, 1, 2).positive("c", 0.1);

    assertThat(problems.isEmpty()).isTrue();
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void everyProblemIsCollectedInOrder() {
    Problems problems =
        new Problems("a.b")
            .between("n", 5, 1, 2)
            .between("x", Double.NaN, 0.0, 1.0)
            .positive("y", Double.POSITIVE_INFINITY)
            .require(false, "z", "even", 3)
            .add("as it stands");

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOfSatisfying(
            ConfigException.class,
            failure ->
                assertThat(failure.problems())
                    .containsExactly(
                        "a.b.n must be between 1 and 2, got 5",
                        "a.b.x must be between 0.0 and 1.0, got NaN",
                        "a.b.y must be positive, got Infinity",
                        "a.b.z must be even, got 3",
                        "as it stands"));
  }

  @Test
  void problemsOfAPartAreTakenOver() {
    Problems problems = new Problems("");
    problems.addAll(new ConfigException(List.of("one", "two")));

    assertThatThrownBy(problems::throwIfAny).hasMessage("2 problems:\n  - one\n  - two");
    assertThat(problems.path("name")).isEqualTo("name");
  }

  @Test
  void oneProblemIsItsOwnMessage() {
    assertThat(new ConfigException(List.of("one"))).hasMessage("one");
  }
}
