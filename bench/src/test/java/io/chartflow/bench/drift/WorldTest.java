package io.chartflow.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chartflow.local.data.DataSets;
import io.chartflow.local.data.TrueDensity;
import io.chartflow.model.engine.EventBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorldTest {

  @Test
  void aMixtureIsTheWeightedSumOfItsMovedParts() {
    World world =
        new World(
            List.of(Part.of("helix", 0.25, 1, 2, 3), Part.of("spherical", 0.75, 0, 0, 0)),
            List.of(Part.of("helix", 1, 0, 0, 0)),
            10);
    TrueDensity helix = DataSets.named("helix").truth().orElseThrow();
    TrueDensity sphere = DataSets.named("spherical").truth().orElseThrow();
    double[] x = {1, 3, 3};
    double[] back = {0, 1, 0};
    double sum =
        0.25 * Math.exp(helix.logDensity(back, 0)) + 0.75 * Math.exp(sphere.logDensity(x, 0));

    assertThat(world.logDensity(x, 9)).isCloseTo(Math.log(sum), within(1e-9));
    assertThat(world.logDensity(back, 10)).isEqualTo(helix.logDensity(back, 0));
  }

  /**
   * The oracle finds the events before and after the change about as probable as they should be.
   */
  @ParameterizedTest
  @EnumSource(Scenario.class)
  void theOracleKnowsTheEventsOfEachMoment(Scenario scenario) {
    World world = scenario.world(2000);
    double[] x = new double[3];
    double[] means = new double[2];
    try (World.Events events = world.events(3)) {
      for (int i = 0; i < 4000; i++) {
        long index = events.next(x);
        assertThat(index).isEqualTo(i);
        means[i / 2000] += world.logDensity(x, index) / 2000;
      }
    }
    assertThat(means[0]).isBetween(-3.2, -1.8);
    assertThat(means[1]).isBetween(-3.2, -1.8);
  }

  @Test
  void clutterStaysInTheBoxAndReplacesItsShare() {
    try (Cluttered stream = new Cluttered(DataSets.named("helix"), 5)) {
      EventBatch batch = new EventBatch(4000, 3);
      stream.fill(batch, 0.5);
      TrueDensity helix = DataSets.named("helix").truth().orElseThrow();
      int improbable = 0;
      for (int i = 0; i < batch.size(); i++) {
        double[] x = {batch.get(i, 0), batch.get(i, 1), batch.get(i, 2)};
        improbable += helix.logDensity(x, 0) < -12 ? 1 : 0;
        assertThat(x[0]).isBetween(-1.0, 20.0);
        assertThat(x[1]).isBetween(-1.5, 1.5);
      }
      assertThat(improbable).isBetween(1500, 2150);
    }
  }
}
