package io.chartflow.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DataSetsTest {

  private static Stream<String> names() {
    return DataSets.names().stream();
  }

  private static List<String> read(EventSource source, int count) {
    try (source) {
      List<String> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        source.next();
        events.add(source.json(0) + " " + source.json(1));
      }
      return events;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSameSeedGivesTheSameEvents(String name) {
    DataSet set = DataSets.named(name);
    assertThat(set.name()).isEqualTo(name);
    assertThat(read(set.events(7), 50)).isEqualTo(read(set.events(7), 50));
  }

  @ParameterizedTest
  @MethodSource("names")
  void heldOutEventsAreNoTrainingEvents(String name) {
    DataSet set = DataSets.named(name);
    assertThat(read(set.heldOut(7, 0), 50)).isNotEqualTo(read(set.training(7), 50));
    assertThat(set.heldOutEvents()).isGreaterThanOrEqualTo(10_000);
  }

  /** A generator's stream, shifted by one draw, soon gives whole events again. */
  @Test
  void noHeldOutEventOfAnySeedIsATrainingEvent() {
    DataSet helix = DataSets.named("helix");
    for (long seed = 0; seed < 16; seed++) {
      Set<String> training = new HashSet<>(read(helix.training(seed), 3000));
      assertThat(read(helix.heldOut(seed, 0), 3000)).doesNotContainAnyElementsOf(training);
    }
  }

  @Test
  void anotherSeedGivesOtherEvents() {
    DataSet helix = DataSets.named("helix");
    assertThat(read(helix.events(7), 5)).doesNotContainAnyElementsOf(read(helix.events(8), 5));
  }

  @Test
  void anUnknownNameIsToldTheNamesThereAre() {
    assertThatThrownBy(() -> DataSets.named("helx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got helx")
        .hasMessageContaining("helix, knotted")
        .hasMessageContaining("flights");
  }

  @Test
  void flightsAreTheRowsOfTheFileWithTheirResolutions() {
    DataSet flights = DataSets.named("flights");
    assertThat(flights.fields())
        .containsExactly(
            new DataField("departure_hour", 1.0 / 60),
            new DataField("delay_minutes", 1),
            new DataField("distance_miles", 1));
    assertThat(read(flights.events(1), 2)).containsExactly("19.6167 0", "15.5333 2");
    assertThat(flights.truth()).isEmpty();
    assertThat(flights.heldOutEvents()).isEqualTo(50_000);
  }

  @Test
  void heldOutEventsOfADriftingSetGoOnWhereTrainingEnded() {
    DataSet drifting = DataSets.named("drifting");
    TrueDensity truth = drifting.truth().orElseThrow();
    double[] x = new double[3];
    double mean = 0;
    double stale = 0;
    try (EventSource source = drifting.heldOut(7, 10_000_000)) {
      for (int i = 0; i < 500; i++) {
        source.next();
        source.copyTo(x);
        assertThat(source.index()).isEqualTo(10_000_000 + i);
        mean += truth.logDensity(x, source.index()) / 500;
        stale += truth.logDensity(x, 0) / 500;
      }
    }
    assertThat(mean).isBetween(-2.4, -1.9);
    assertThat(stale).isLessThan(-20);
  }
}
