package io.chartflow.ops.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.ChartMass;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTopologyTest {

  private MonitorDriver monitor;

  @BeforeEach
  void start(@TempDir Path directory) {
    monitor = new MonitorDriver(directory);
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  @Test
  void aWindowHasOneRecordOnceTheStreamHasPassedItsGrace() {
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(9_999));
    monitor.pipe(Densities.at(10_000));
    monitor.pipe(Densities.at(14_999));
    monitor.settle();
    assertThat(monitor.written()).isEmpty();

    monitor.pipe(Densities.at(15_000));
    monitor.settle();
    monitor.settle();

    List<KeyValue<String, StatisticsRecord>> written = monitor.written();
    KeyValue<String, StatisticsRecord> first = written.get(0);
    assertThat(first.key).isEqualTo("0");
    assertThat(first.value.windowStart()).isZero();
    assertThat(first.value.windowEnd()).isEqualTo(10_000);
    assertThat(first.value.events()).isEqualTo(2);
    assertThat(first.value.lastEventTime()).isEqualTo(9_999);
    assertThat(first.value.complete()).isTrue();
  }

  @Test
  void theLastWindowOfAStreamThatStopsIsNotWithheld() {
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(25_000));
    monitor.end();

    assertThat(monitor.written()).extracting(entry -> entry.key).containsExactly("0", "20000");
    monitor.end();
    assertThat(monitor.written()).isEmpty();
  }

  @Test
  void anOpenWindowIsShownWhileItGrowsAndWrittenOnlyOnce() {
    monitor.pipe(Densities.at(1_000));
    monitor.settle();
    monitor.pipe(Densities.at(2_000));
    monitor.settle();
    monitor.end();

    assertThat(monitor.seen).extracting(StatisticsRecord::events).containsExactly(1L, 2L, 2L);
    assertThat(monitor.seen)
        .extracting(StatisticsRecord::complete)
        .containsExactly(false, false, true);
    assertThat(monitor.written()).hasSize(1);
  }

  @Test
  void anEventWithinTheGraceCountsAndALaterOneIsCountedAsLate() {
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(14_000));
    monitor.pipe(Densities.at(2_000));
    monitor.pipe(Densities.at(15_000));
    monitor.pipe(Densities.at(3_000));
    monitor.end();

    assertThat(monitor.written().get(0).value.events()).isEqualTo(2);
    assertThat(monitor.late).isEqualTo(1);
  }

  @Test
  void anEventAfterTheStreamEndedIsLateOnce() {
    monitor.pipe(Densities.at(1_000));
    monitor.end();
    assertThat(monitor.written()).hasSize(1);

    monitor.pipe(Densities.at(2_000));
    monitor.end();
    assertThat(monitor.written()).isEmpty();
    assertThat(monitor.late).isEqualTo(1);

    monitor.pipe(Densities.at(30_000));
    monitor.end();
    assertThat(monitor.written()).extracting(entry -> entry.key).containsExactly("30000");
  }

  @Test
  void whatIsNoDensityRecordIsCountedAndSkipped() {
    monitor.pipe("{\"log_density\":".getBytes(UTF_8), 1_000);
    monitor.pipe("[]".getBytes(UTF_8), 1_000);
    monitor.pipe(new byte[0], 1_000);
    monitor.pipe(new byte[] {(byte) 0xff, 0, 1}, 1_000);
    monitor.pipeNothing();
    monitor.pipe(Densities.at(1_000));
    monitor.end();

    assertThat(monitor.unreadable).isEqualTo(5);
    assertThat(monitor.written().get(0).value.events()).isEqualTo(1);
  }

  @Test
  void anEventTimeFarInTheFutureClosesNoWindow() {
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(Long.MAX_VALUE / 2));
    monitor.pipe(Densities.at(2_000));
    monitor.end();

    assertThat(monitor.unreadable).isEqualTo(1);
    assertThat(monitor.late).isZero();
    assertThat(monitor.written().get(0).value.events()).isEqualTo(2);
  }

  @Test
  void theWindowIsOfTheEventTimeAndNotOfKafkasTimestamp() {
    monitor.pipe(DensityJson.toBytes(Densities.at(21_000).build()), 1_000);
    monitor.end();

    assertThat(monitor.written()).extracting(entry -> entry.key).containsExactly("20000");
  }

  @Test
  void recordsWithoutAtlasAreCountedByStatusAndHaveNoDensity() {
    monitor.pipe(Densities.at(1_000).status(DensityStatus.NO_ATLAS));
    monitor.pipe(Densities.at(2_000).status(DensityStatus.NO_ATLAS));
    monitor.end();

    StatisticsRecord window = monitor.written().get(0).value;
    assertThat(window.events()).isEqualTo(2);
    assertThat(window.count(DensityStatus.NO_ATLAS)).isEqualTo(2);
    assertThat(window.count(DensityStatus.OK)).isZero();
    assertThat(window.logDensity()).isNull();
    assertThat(window.pValues()).isNull();
    assertThat(window.charts()).isEmpty();
    assertThat(window.atlas()).isNull();
    assertThat(window.inSampleShare()).isNull();
  }

  @Test
  void quantilesAreWithinTheStatedErrorOfTheExactOnes() {
    Random random = new Random(7);
    double[] values = random.doubles(5_000).map(u -> Math.log(u) * 3 - 2).toArray();
    for (double value : values) {
      monitor.pipe(Densities.at(1_000).logDensity(value));
    }
    monitor.end();

    LogDensity got = Objects.requireNonNull(monitor.written().get(0).value.logDensity());
    Arrays.sort(values);
    assertThat(got.count()).isEqualTo(5_000);
    assertThat(got.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-9));
    assertThat(got.min()).isEqualTo(values[0]);
    assertThat(got.max()).isEqualTo(values[values.length - 1]);
    assertThat(got.rankError()).isBetween(0.0, 0.004);
    double[] ranks = {0.01, 0.1, 0.5, 0.9, 0.99};
    double[] quantiles = {got.q01(), got.q10(), got.q50(), got.q90(), got.q99()};
    for (int i = 0; i < ranks.length; i++) {
      assertThat(rank(values, quantiles[i])).isCloseTo(ranks[i], within(got.rankError()));
    }
  }

  @Test
  void quantilesOfFewValuesAreExact() {
    for (int i = 1; i <= 100; i++) {
      monitor.pipe(Densities.at(1_000).logDensity(-i));
    }
    monitor.end();

    LogDensity got = Objects.requireNonNull(monitor.written().get(0).value.logDensity());
    assertThat(got).isEqualTo(new LogDensity(100, -50.5, -100, -1, -100, -91, -51, -11, -2, 0));
  }

  @Test
  void aDensityOverFewerFieldsIsNoPartOfTheQuantiles() {
    monitor.pipe(Densities.at(1_000).logDensity(-2));
    monitor.pipe(Densities.at(1_001).logDensity(-50).marginalised("pressure"));
    monitor.end();

    StatisticsRecord window = monitor.written().get(0).value;
    assertThat(window.events()).isEqualTo(2);
    LogDensity whole = Objects.requireNonNull(window.logDensity());
    assertThat(whole.count()).isEqualTo(1);
    assertThat(whole.min()).isEqualTo(-2);
  }

  @Test
  void theMassOfAChartIsTheMeanOfItsPosterior() {
    monitor.pipe(
        Densities.at(1_000)
            .posterior(new ChartProbability(4, 0.75f), new ChartProbability(9, 0.25f)));
    monitor.pipe(Densities.at(1_000).posterior(new ChartProbability(9, 1f)));
    monitor.pipe(Densities.at(1_000).status(DensityStatus.NO_ATLAS));
    monitor.end();

    assertThat(monitor.written().get(0).value.charts())
        .containsExactly(new ChartMass(4, 0.375), new ChartMass(9, 0.625));
  }

  @Test
  void sharesOfSmallPValuesCountOnlyRecordsThatHaveOne() {
    for (double pValue : new double[] {0.5, 0.09, 0.009, 0.0009}) {
      monitor.pipe(Densities.at(1_000).pValue(pValue));
    }
    monitor.pipe(Densities.at(1_000));
    monitor.end();

    assertThat(monitor.written().get(0).value.pValues()).isEqualTo(new PValues(4, 0.75, 0.5, 0.25));
  }

  @Test
  void anomaliesGuardedAndIncompleteRecordsAreCounted() {
    monitor.pipe(Densities.at(1_000).pValue(0.5).anomaly(false).guarded(false));
    monitor.pipe(Densities.at(1_000).pValue(0.001).anomaly(true).guarded(true));
    monitor.pipe(Densities.at(1_000).pValue(0.008).anomaly(false).guarded(true));
    monitor.pipe(Densities.at(1_000).pValue(0.6).anomaly(false).imputed("x"));
    monitor.pipe(Densities.at(1_000).marginalised("y"));
    monitor.end();

    StatisticsRecord window = monitor.written().get(0).value;
    assertThat(window.anomalies()).isEqualTo(1);
    assertThat(window.guarded()).isEqualTo(2);
    assertThat(window.incomplete()).isEqualTo(2);
    assertThat(window.anomalyShare()).isEqualTo(0.25);
  }

  @Test
  void whereNoRecordTellsOfAlarmsTheirNumberIsNotKnown() {
    monitor.pipe(Densities.at(1_000).pValue(0.5));
    monitor.end();

    StatisticsRecord window = monitor.written().get(0).value;
    assertThat(window.anomalies()).isNull();
    assertThat(window.guarded()).isNull();
    assertThat(window.incomplete()).isZero();
  }

  @Test
  void theNewestVersionAgesInEventTimeAndInEventsOverWindows() {
    monitor.pipe(Densities.at(1_000).version(1, 100, 500));
    monitor.pipe(Densities.at(2_000).version(2, 200, 900).inSample());
    monitor.pipe(Densities.at(3_000).version(2, 200, 900));
    monitor.pipe(Densities.at(14_000).version(2, 200, 900));
    monitor.pipe(Densities.at(24_000).version(3, 300, 15_000));
    monitor.end();

    assertThat(monitor.written())
        .extracting(entry -> entry.value.atlas())
        .containsExactly(
            new AtlasAge(2, 200L, 2_100L, 1),
            new AtlasAge(2, 200L, 13_100L, 2),
            new AtlasAge(3, 300L, 9_000L, 1));
  }

  @Test
  void theInSampleShareIsOfTheScoredRecords() {
    monitor.pipe(Densities.at(1_000).inSample());
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(1_000));
    monitor.pipe(Densities.at(1_000).status(DensityStatus.NO_ATLAS));
    monitor.end();

    assertThat(monitor.written().get(0).value.inSampleShare()).isEqualTo(0.25);
  }

  @Test
  void warmupIsCountedApartAndItsDensitiesAreIn() {
    monitor.pipe(Densities.at(1_000).status(DensityStatus.WARMUP).logDensity(-3));
    monitor.pipe(Densities.at(1_000).logDensity(-1));
    monitor.end();

    StatisticsRecord window = monitor.written().get(0).value;
    assertThat(window.count(DensityStatus.WARMUP)).isEqualTo(1);
    assertThat(window.count(DensityStatus.OK)).isEqualTo(1);
    assertThat(window.logDensity()).extracting(LogDensity::mean).isEqualTo(-2.0);
  }

  private static double rank(double[] sorted, double value) {
    int index = Arrays.binarySearch(sorted, value);
    return (index < 0 ? -index - 1 : index + 1) / (double) sorted.length;
  }

  @Test
  void recordsOfTheSameMomentAreAllKept() {
    DensityRecord same = Densities.at(1_000).build();
    for (int i = 0; i < 3 * PartialJournal.SLOTS + 5; i++) {
      monitor.pipe(same);
    }
    monitor.end();

    assertThat(monitor.written().get(0).value.events()).isEqualTo(3 * PartialJournal.SLOTS + 5);
  }
}
