package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.engine.DensitySum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that lack a field, from their bytes to their density records. */
class MissingFieldsTest {

  private static final ScoringConfig SCORING =
      new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 0, 1e-3, 1);

  private static final AtlasConfig AUTOREGRESSIVE =
      Samples.MODEL.withFlow(Samples.MODEL.flow().withLayers("chart-affine, maf"));

  private static final String WITHOUT_Y = "{\"x\":2.5}";

  @Test
  void anImputedEventIsScoredAndSaysWhatWasImputed() throws Exception {
    SchemaConfig schema = schema(MissingPolicy.IMPUTE);
    List<DensityRecord> records = score(schema, Samples.atlas(1));

    DensityRecord gap = records.get(3);
    assertThat(gap.imputed()).containsExactly("y");
    assertThat(gap.marginalised()).isNull();
    assertThat(gap.logDensity()).isFinite();
    assertThat(gap.densitySum()).isEqualTo(DensitySum.TRUNCATED);
    assertThat(gap.pValue()).isNotNull();
    assertThat(gap.attribution()).hasSize(2);
    assertThat(gap.inSample()).as("it taught nothing").isFalse();
    assertThat(records.get(2).imputed()).isNull();
    assertThat(records.get(2).inSample()).isTrue();
  }

  @Test
  void aMarginalisedEventHasTheDensityOfItsOtherFieldsAndNoPValue() throws Exception {
    SchemaConfig schema = schema(MissingPolicy.MARGINALISE);
    List<DensityRecord> records = score(schema, Samples.atlas(1, AUTOREGRESSIVE));

    DensityRecord gap = records.get(3);
    assertThat(gap.marginalised()).containsExactly("y");
    assertThat(gap.imputed()).isNull();
    assertThat(gap.status()).isEqualTo(DensityStatus.OK);
    assertThat(gap.logDensity()).isFinite();
    assertThat(gap.densitySum()).isEqualTo(DensitySum.FULL);
    assertThat(gap.pValue()).isNull();
    assertThat(gap.anomaly()).isNull();
    assertThat(gap.attribution()).isNull();
    assertThat(gap.posterior()).hasSize(4);
    assertThat(gap.inSample()).isFalse();
    assertThat(records.get(4).marginalised()).isNull();
    assertThat(records.get(4).pValue()).isNotNull();
    assertThat(records).extracting(DensityRecord::offset).isSorted();
  }

  @Test
  void theOtherEventsOfABatchAreScoredAsEver() throws Exception {
    SchemaConfig lenient = schema(MissingPolicy.MARGINALISE);
    Atlas atlas = Samples.atlas(1, AUTOREGRESSIVE);

    List<DensityRecord> beside = score(lenient, atlas);
    List<DensityRecord> alone = score(lenient, atlas, Samples.raw(0), Samples.raw(2));

    assertThat(alone.get(0)).isEqualTo(beside.get(0));
    assertThat(alone.get(1)).isEqualTo(beside.get(1));
  }

  @Test
  void anAtlasThatCannotLeaveFieldsOutIsIgnored() throws Exception {
    assertThat(score(schema(MissingPolicy.MARGINALISE), Samples.atlas(1)))
        .extracting(DensityRecord::status)
        .containsOnly(DensityStatus.NO_ATLAS);
  }

  private static SchemaConfig schema(MissingPolicy policy) {
    return SchemaConfig.of(
        List.of(
            FieldConfig.of("x"),
            new FieldConfig("y", "y", 0.0, -1e100, 1e100, MarginalKind.NONE, policy)));
  }

  /** Scores events of one partition, of which the fourth lacks y. */
  private static List<DensityRecord> score(SchemaConfig schema, Atlas atlas) throws Exception {
    return score(
        schema,
        atlas,
        Samples.raw(0),
        Samples.raw(2),
        Samples.raw(4),
        Samples.raw(6, WITHOUT_Y),
        Samples.raw(8));
  }

  private static List<DensityRecord> score(SchemaConfig schema, Atlas atlas, RawEvent... raws)
      throws Exception {
    try (var harness = ScoreHarness.open(ScoreHarness.operator(SCORING, schema, null), null)) {
      harness.atlas(atlas);
      for (RawEvent raw : raws) {
        harness.event(raw);
      }
      harness.prepareSnapshotPreBarrier(1);
      return harness.densities();
    }
  }
}
