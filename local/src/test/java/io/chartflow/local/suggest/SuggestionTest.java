package io.chartflow.local.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.config.ConfigReader;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.random.Normal;
import io.chartflow.model.random.SplitMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {

  @Test
  void aGaussianFeatureNeedsNothing() {
    Suggestion suggestion = Suggestion.of(column(Normal::quantile));

    assertThat(suggestion.transform()).isEqualTo(MarginalKind.NONE);
    assertThat(suggestion.resolution()).isZero();
    assertThat(suggestion.reasons()).isEmpty();
  }

  @Test
  void heavyTailsGetATransform() {
    Suggestion cauchy = Suggestion.of(column(u -> Math.tan(Math.PI * (u - 0.5))));
    Suggestion income = Suggestion.of(column(u -> Math.exp(2 * Normal.quantile(u))));

    assertThat(cauchy.transform()).isNotEqualTo(MarginalKind.NONE);
    assertThat(income.transform()).isNotEqualTo(MarginalKind.NONE);
    assertThat(cauchy.reasons().get(0)).contains("nats closer to a Gaussian");
  }

  @Test
  void aFeatureThatNeverChangesIsToldSo() {
    assertThat(Suggestion.of(column(u -> 5)).reasons())
        .contains("always the same: leave it out, it says nothing");
  }

  @Test
  void tooFewNumbersAreToldWithTheirField() {
    Column few = new Column("few");
    few.add(1);

    assertThatThrownBy(() -> Suggestion.of(few))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("field \"few\": expected at least 32 numbers to judge by, got 1");
  }

  @Test
  void jsonRecordsBecomeASchemaThatReads(@TempDir Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    SplitMix random = new SplitMix(52);
    for (int i = 0; i < 2000; i++) {
      String pressure = i % 10 == 0 ? "" : ",\"pressure\":" + Math.exp(3 * random.nextGaussian());
      lines.append("{\"id\":\"a\",\"sensors\":{\"on\":" + random.nextInt(50) + pressure + "}}\n");
    }
    Path file = Files.writeString(folder.resolve("sample.json"), lines);
    List<Column> columns = RecordSample.read(file, 1500);
    String schema = SchemaText.of(columns.stream().map(Suggestion::of).toList());
    String yaml = "kafka: {bootstrapServers: 'localhost:9092'}\n" + schema;
    List<FieldConfig> fields = ConfigReader.parse(yaml, "suggested").schema().fields();

    assertThat(columns.get(0).values()).hasSize(1500);
    assertThat(fields).extracting(FieldConfig::name).containsExactly("on", "pressure");
    assertThat(fields).extracting(FieldConfig::path).contains("sensors.on", "sensors.pressure");
    assertThat(fields.get(0).resolution()).isEqualTo(1);
    assertThat(fields.get(1).missing()).isEqualTo(MissingPolicy.IMPUTE);
    assertThat(fields.get(1).transform()).isNotEqualTo(MarginalKind.NONE);
  }

  @Test
  void csvRecordsAreReadToo(@TempDir Path folder) throws IOException {
    StringBuilder lines = new StringBuilder("name,x\n");
    for (int i = 0; i < 100; i++) {
      lines.append("n,").append(i % 7 == 0 ? "" : 0.5 * (i % 9)).append('\n');
    }
    Path file = Files.writeString(folder.resolve("sample.csv"), lines);
    List<Column> columns = RecordSample.read(file, 1000);

    assertThat(columns).hasSize(1);
    assertThat(columns.get(0).name()).isEqualTo("x");
    assertThat(columns.get(0).missingShare()).isEqualTo(0.15);
    assertThat(Suggestion.of(columns.get(0)).resolution()).isEqualTo(0.5);
  }

  @Test
  void whatHoldsNoRecordsIsToldWithItsPlace(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("a.json"), "{\"x\":1}\n[2]\n");
    Path empty = Files.writeString(folder.resolve("b.json"), "{\"x\":\"no\"}\n");

    assertThatThrownBy(() -> RecordSample.read(broken, 10))
        .hasMessageContaining("record 2: expected a JSON object, got ARRAY");
    assertThatThrownBy(() -> RecordSample.read(empty, 10))
        .hasMessageContaining("has no field with numbers");
    assertThatThrownBy(() -> RecordSample.read(folder.resolve("c.json"), 10))
        .hasMessageContaining("cannot read");
  }

  @Test
  void anEndlessStreamOfPlainFieldsTakesTheDefaults() {
    ModelSuggestion plain =
        ModelSuggestion.of(List.of(field(MarginalKind.NONE), field(MarginalKind.ASINH)), 0);

    assertThat(plain.settings()).isEmpty();
    assertThat(SchemaText.of(plain)).isEmpty();
    assertThat(plain.applyTo(AtlasConfig.defaults(2))).isEqualTo(AtlasConfig.defaults(2));
  }

  @Test
  void unevenFieldsGetSplinesAndAShortStreamSmallerScales() {
    List<Suggestion> fields = List.of(field(MarginalKind.NONE), field(MarginalKind.SPLINE));
    ModelSuggestion endless = ModelSuggestion.of(fields, 0);
    ModelSuggestion brief = ModelSuggestion.of(fields, 150_000);

    assertThat(endless.settings()).containsOnlyKeys("flow.layers", "flow.bins");
    assertThat(SchemaText.of(brief))
        .isEqualTo(
            """
            # fields that need splines alone need them beside each other too
            # a stream of 150000 events is short: fewer charts, smaller steps
            model:
              charts:
                count: 16
                m: 4
              flow:
                bins: 16
                layers: chart-affine, spline-coupling×5
            training:
              batch: 128
              chartSettleSteps: 97
              flowDelay: 58
              standardiserEvents: 7500
            """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 50_000, 999_999, 1_000_000})
  void whatIsSuggestedIsAConfiguration(long events) {
    List<Suggestion> fields = List.of(field(MarginalKind.SPLINE), field(MarginalKind.SPLINE));
    ModelSuggestion suggestion = ModelSuggestion.of(fields, events);
    AtlasConfig defaults = AtlasConfig.defaults(2);
    String yaml =
        "kafka: {bootstrapServers: 'localhost:9092'}\nschema: {fields: [a, b]}\n"
            + SchemaText.of(suggestion);

    assertThat(ConfigReader.parse(yaml, "suggested").model())
        .isEqualTo(suggestion.applyTo(defaults));
    assertThat(suggestion.trainingOf(defaults).charts()).isEqualTo(defaults.charts());
    assertThat(suggestion.trainingOf(defaults).training())
        .isEqualTo(suggestion.applyTo(defaults).training());
  }

  private static Suggestion field(MarginalKind kind) {
    return new Suggestion("x", 0, kind, 0, 0, 1, List.of());
  }

  private static Column column(DoubleUnaryOperator quantile) {
    SplitMix random = new SplitMix(53);
    Column column = new Column("x");
    for (int i = 0; i < 4000; i++) {
      column.add(quantile.applyAsDouble(Math.max(1e-9, random.nextDouble())));
    }
    return column;
  }
}
