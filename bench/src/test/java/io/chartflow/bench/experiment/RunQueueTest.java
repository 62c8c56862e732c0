package io.chartflow.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.config.AtlasConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {

  private final StringWriter told = new StringWriter();
  private final AtomicInteger made = new AtomicInteger();
  @TempDir Path folder;

  private Run run(int seed) {
    AtlasConfig config = AtlasConfig.defaults(2).withSeed(seed);
    RunSpec spec =
        new RunSpec("x", List.of(new Label(Label.SEED, Integer.toString(seed))), config, false);
    return new Run(
        spec,
        engine -> {
          made.incrementAndGet();
          return new RunOutcome(
              Map.of("found", 10.0 + seed, "nothing", Double.NaN), Map.of(), Optional.empty());
        });
  }

  private List<RunRecord> make(boolean fresh, Run... runs) {
    return new RunQueue(new RunStore(folder), 2, fresh, new PrintWriter(told)).run(List.of(runs));
  }

  @Test
  void aFinishedRunIsNotMadeAgain() {
    make(false, run(0), run(1));
    List<RunRecord> again = make(false, run(0), run(1), run(2));

    assertThat(made).hasValue(3);
    assertThat(again).extracting(record -> record.value("found")).containsExactly(10.0, 11.0, 12.0);
    assertThat(again.get(0).value("nothing")).isNaN();
    assertThat(again.get(0).settings()).containsEntry("charts.epsilon", "0.1");
    assertThat(told.toString()).contains("kept");
  }

  @Test
  void freshMakesItAgain() {
    make(false, run(0));
    make(true, run(0));

    assertThat(made).hasValue(2);
  }

  @Test
  void oneFailureDoesNotCostTheOthers() {
    Run broken =
        new Run(
            new RunSpec("x", List.of(new Label("kind", "broken")), AtlasConfig.defaults(2), false),
            engine -> {
              throw new IllegalStateException("no luck");
            });

    assertThatThrownBy(() -> make(false, broken, run(0)))
        .isInstanceOfSatisfying(
            RunFailure.class, failure -> assertThat(failure.finished()).hasSize(1))
        .hasMessageContaining("kind=broken")
        .hasMessageContaining("no luck");
  }
}
