package io.chartflow.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.meter.Meter;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.ops.monitor.StatisticsRecord;
import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.ChartMass;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorMetersTest {

  private static final AtlasAge ATLAS = new AtlasAge(7, 350_000L, 2_500L, 41L);

  private final MonitorMeters meters = new MonitorMeters();

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void theScrapeHasEveryMeterOfTheMonitorAndNoOther() {
    meters.closed(window(new PValues(10, 0.1, 0.01, 0), ATLAS));

    Set<String> expected =
        MeterNames.MONITOR.stream().map(Meter::prometheusName).collect(Collectors.toSet());
    assertThat(scrapedNames()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyMeterHasTheTagsThatItsNameSays() {
    meters.closed(window(new PValues(10, 0.1, 0.01, 0), ATLAS));

    for (Meter meter : MeterNames.MONITOR) {
      List<String> samples =
          meters
              .scrape()
              .lines()
              .filter(line -> line.matches(meter.prometheusName() + "(\\{.*|\\s.*)"))
              .toList();
      assertThat(samples).isNotEmpty();
      for (String tag : meter.tags()) {
        assertThat(samples).allMatch(sample -> sample.contains(tag + "=\""));
      }
      if (meter.tags().isEmpty()) {
        assertThat(samples).allMatch(sample -> !sample.contains("{"));
      }
    }
  }

  @Test
  void countersStartAtZeroAndGaugesAreAbsentBeforeTheFirstWindow() {
    Set<String> counters =
        MeterNames.MONITOR.stream()
            .filter(meter -> meter.kind() == Meter.Kind.COUNTER)
            .map(Meter::prometheusName)
            .collect(Collectors.toSet());

    assertThat(scrapedNames()).containsExactlyInAnyOrderElementsOf(counters);
    assertThat(meters.scrape()).contains("chartflow_monitor_densities_total{status=\"WARMUP\"} 0");
  }

  @Test
  void countersCount() {
    meters.read(DensityStatus.OK);
    meters.read(DensityStatus.OK);
    meters.read(DensityStatus.NO_ATLAS);
    meters.unreadable();
    meters.late(5);

    assertThat(meters.read())
        .isEqualTo(
            Map.of(DensityStatus.OK, 2L, DensityStatus.WARMUP, 0L, DensityStatus.NO_ATLAS, 1L));
    assertThat(meters.unreadableCount()).isEqualTo(1);
    assertThat(meters.lateCount()).isEqualTo(5);
  }

  @Test
  void aGaugeThatHasNothingToSayGoesAway() {
    meters.closed(window(new PValues(10, 0.1, 0.01, 0), ATLAS));
    meters.closed(window(null, null));

    assertThat(scrapedNames())
        .doesNotContain(
            MeterNames.MONITOR_P_VALUE_SHARE.prometheusName(),
            MeterNames.MONITOR_ATLAS_VERSION.prometheusName(),
            MeterNames.MONITOR_ATLAS_AGE.prometheusName());
    assertThat(meters.scrape()).doesNotContain("NaN");
  }

  @Test
  void aChartThatIsGoneLeavesTheScrape() {
    meters.closed(window(null, ATLAS));
    assertThat(meters.scrape()).contains("chart=\"3\"} 0.75");

    meters.closed(
        new StatisticsRecord(
            10,
            20,
            true,
            0,
            15,
            Map.of(),
            null,
            null,
            List.of(new ChartMass(5, 1)),
            null,
            null,
            null,
            null,
            null));
    assertThat(meters.scrape()).contains("chart=\"5\"} 1").doesNotContain("chart=\"3\"");
  }

  @Test
  void alarmsAreCountedOverTheWindowsAndSharedOfTheLast() {
    meters.closed(window(new PValues(10, 0.1, 0.01, 0), ATLAS));
    meters.closed(window(new PValues(20, 0.1, 0.01, 0), ATLAS));

    assertThat(meters.scrape())
        .contains("chartflow_monitor_anomalies_total 4")
        .contains("chartflow_monitor_guarded_events_total 6")
        .contains("chartflow_monitor_incomplete_events_total 8")
        .contains("chartflow_monitor_anomaly_share 0.1");
  }

  @Test
  void ageIsInSeconds() {
    meters.closed(window(null, ATLAS));

    assertThat(meters.scrape()).contains("chartflow_monitor_atlas_age_seconds 2.5");
  }

  private Set<String> scrapedNames() {
    return meters
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static StatisticsRecord window(@Nullable PValues pValues, @Nullable AtlasAge atlas) {
    return new StatisticsRecord(
        0,
        10,
        true,
        10,
        9,
        Map.of(DensityStatus.OK, 10L),
        new LogDensity(10, -1, -9, 2, -8, -3, -1, 1, 1.5, 0),
        pValues,
        List.of(new ChartMass(2, 0.25), new ChartMass(3, 0.75)),
        atlas,
        0.5,
        2L,
        3L,
        4L);
  }
}
