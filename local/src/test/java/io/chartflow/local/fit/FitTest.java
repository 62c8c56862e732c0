package io.chartflow.local.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.JvmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FitTest {

  private static final long SEED = 7;

  @TempDir private Path directory;

  /** A model that learns something in a second. */
  private static AtlasConfig small(int dimension) {
    TrainingConfig fast = new TrainingConfig(64, 1024, 5e-3, 300, 0.98, 5.0, 1e-3, 100, 0.02, 20);
    return AtlasConfig.defaults(dimension)
        .withTraining(fast)
        .withCharts(new ChartsConfig(8, 2, 0.1))
        .withFlow(FlowConfig.realNvp(4, 16, 3.0));
  }

  private static FitResult fit(String dataset, long events) {
    DataSet set = DataSets.named(dataset);
    FitRequest request = new FitRequest(set, small(set.dimension()), events, 1000, SEED);
    return new Fit(new JvmEngine()).run(request, progress -> {});
  }

  @Test
  void ringsAreLearnedCloseToTheirTruthAndNoSumBeatsIt() {
    FitResult result = fit("rings", 30_000);
    double truth = result.trueLogLikelihood() == null ? 0 : result.trueLogLikelihood();
    assertThat(truth).isCloseTo(-2.214, within(0.1));
    assertThat(result.testLogLikelihood().truncated()).isBetween(truth - 0.6, truth + 0.02);
    assertThat(result.testLogLikelihood().full()).isBetween(truth - 0.6, truth + 0.02);
    assertThat(result.testLogLikelihood().restricted())
        .isLessThanOrEqualTo(result.testLogLikelihood().full() + 1e-9);
    assertThat(result.gapToTruth()).isEqualTo(truth - result.testLogLikelihood().truncated());
    assertThat(result.meanZ()).isBetween(0.5, 1.0);
    assertThat(result.chartsUsed()).isBetween(4, 8);
    assertThat(result.refusedSteps()).isZero();
    assertThat(result.testEvents()).isEqualTo(1000);
  }

  @Test
  void aSphereIsLearnedByChartsOfTwoDimensions() {
    DataSet set = DataSets.named("projected-normal");
    AtlasConfig config = small(3).withEmbedding(EmbeddingConfig.of(2));
    FitResult result =
        new Fit(new JvmEngine()).run(new FitRequest(set, config, 60_000, 2000, SEED), told -> {});
    assertThat(result.medianDistance()).isNotNull().isLessThan(0.03);
    assertThat(result.gapToTruth()).isNotNull().isBetween(-0.01, 0.05);
    assertThat(fit("rings", 3000).medianDistance()).isNull();
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    FitResult first = fit("two-moons", 6000);
    FitResult second = fit("two-moons", 6000);
    assertThat(second.testLogLikelihood()).isEqualTo(first.testLogLikelihood());
    assertThat(second.prequentialLogLikelihood()).isEqualTo(first.prequentialLogLikelihood());
  }

  @Test
  void roundedFeaturesAreDequantisedSoThatTheDensityStaysFinite() {
    FitResult result = fit("flights", 10_000);
    assertThat(result.trueLogLikelihood()).isNull();
    assertThat(result.gapToTruth()).isNull();
    assertThat(result.testLogLikelihood().truncated()).isBetween(-17.0, -11.0);
  }

  @Test
  void rowsWithBadCellsArePassedOverAndCounted() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("a,b\n");
    for (int i = 0; i < 8000; i++) {
      csv.append(random.nextGaussian()).append(',');
      csv.append(i % 100 == 0 ? "hot" : String.valueOf(random.nextGaussian())).append('\n');
    }
    Path file = Files.writeString(directory.resolve("my.csv"), csv);
    DataSet set = DataSets.file(file, List.of("a", "b"));
    FitRequest request = new FitRequest(set, small(2), 5000, 1000, SEED);
    FitResult result = new Fit(new JvmEngine()).run(request, progress -> {});
    assertThat(result.rejectedEvents()).isEqualTo(51);
    assertThat(result.testLogLikelihood().truncated()).isBetween(-3.6, -2.7);
  }

  @Test
  void progressIsToldAtTheEndWithTheTruth() {
    List<FitProgress> told = new ArrayList<>();
    DataSet set = DataSets.named("rings");
    FitRequest request = new FitRequest(set, small(2), 5000, 10, SEED);
    FitResult result = new Fit(new JvmEngine()).run(request, told::add);
    FitProgress last = told.get(told.size() - 1);
    assertThat(last.events()).isEqualTo(5000);
    assertThat(last.recentLogLikelihood()).isEqualTo(result.recentLogLikelihood());
    assertThat(last.line()).contains("5,000 events").contains("(truth -2.214)");
  }

  @Test
  void theResultIsJsonInSnakeCaseWithNullWhereThereIsNoTruth() throws IOException {
    JsonNode json = new ObjectMapper().readTree(FitJson.of(fit("flights", 5000)));
    assertThat(json.path("test_log_likelihood").path("restricted").isDouble()).isTrue();
    assertThat(json.path("test_log_likelihood").path("full").isDouble()).isTrue();
    assertThat(json.path("true_log_likelihood").isNull()).isTrue();
    assertThat(json.path("charts_used").isInt()).isTrue();
    assertThat(json.path("mean_z").isDouble()).isTrue();
    assertThat(json.path("events_per_second").asDouble()).isPositive();
    assertThat(json.path("config_hash").asText()).hasSize(16);
  }

  @Test
  void tooFewEventsAreRefusedBeforeAnythingIsLearned() {
    assertThatThrownBy(() -> fit("rings", 2368))
        .hasMessageContaining("events must be above 2368")
        .hasMessageContaining("got 2368");
  }
}
