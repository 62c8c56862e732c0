package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.FlowKind.Learned;
import io.chartflow.model.random.SplitMix;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What features add to a surprisal: the sum, and who gets the blame. */
class AttributionTest {

  private static final String COUPLINGS = "chart-affine, coupling×3";
  private static final String SPLINES = "chart-affine, spline-coupling×3";
  private static final String ONE_MAF = "chart-affine, maf";
  private static final String ONE_IAF = "chart-affine, iaf";
  private static final String THREE_MAFS = "chart-affine, maf×3";

  private static final Map<String, Atlas> ATLASES = new ConcurrentHashMap<>();

  private final EventBatch events = mixed();

  @ParameterizedTest
  @ValueSource(strings = {COUPLINGS, SPLINES, ONE_MAF, ONE_IAF, THREE_MAFS})
  void theSumIsTheSurprisal(String layers) {
    for (DensitySum sum : DensitySum.values()) {
      try (AtlasScorer scorer = scorer(layers, sum)) {
        assertSumsAreSurprisals(scorer, events);
      }
    }
  }

  /** Within a thousandth of the surprisal, or of a nat; what is lacking is what is told. */
  private static void assertSumsAreSurprisals(AtlasScorer scorer, EventBatch batch) {
    ScoreBatch scores = Small.scores(scorer, batch);
    Attribution told = attribution(scorer, batch);
    assertThat(told.size()).isEqualTo(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      double surprisal = -scores.logDensity(i);
      double size = Math.max(1, Math.abs(surprisal));
      assertThat(sum(told, i))
          .as("%s, event %d", scorer.sum(), i)
          .isCloseTo(surprisal, offset(1e-3 * size));
      assertThat(Math.abs(sum(told, i) - surprisal))
          .as("the error that is told of event %d", i)
          .isCloseTo(told.error(i), offset(1e-5 * size));
    }
  }

  @Test
  void alongThePathItIsTheIntegralOfTheScoresSlopes() {
    Atlas atlas = ATLASES.computeIfAbsent(COUPLINGS, AttributionTest::train);
    try (AtlasScorer scorer = scorer(COUPLINGS, DensitySum.FULL)) {
      EventBatch event = EventBatch.of(2, 9.5, -0.5);
      Attribution told = attribution(scorer, event);
      int chart = Small.scores(scorer, event).chart(0);
      double[] sigma = new double[2];
      double[] from = new double[2];
      for (int j = 0; j < 2; j++) {
        sigma[j] = atlas.standardiser().scale().get(j);
        from[j] =
            atlas.standardiser().mean().get(j) + sigma[j] * atlas.chartMeans().get(2 * chart + j);
      }
      double atFrom = -Small.scores(scorer, EventBatch.of(2, from)).logDensity(0);
      atFrom -= Math.log(sigma[0]) + Math.log(sigma[1]); // standardised
      for (int j = 0; j < 2; j++) {
        double expected =
            atFrom / 2 + Math.log(sigma[j]) + slopes(scorer, from, event.values(), j, sigma[j]);
        assertThat(told.nats(0, j)).as("feature %d", j).isCloseTo(expected, offset(0.05));
      }
    }
  }

  /** {@code (x_j − b_j)·∫ ∂S/∂x_j dt} by midpoints and central differences. */
  private static double slopes(
      AtlasScorer scorer, double[] from, double[] to, int j, double sigma) {
    int steps = 500;
    double h = 1e-2 * sigma;
    EventBatch points = new EventBatch(2 * steps, 2);
    for (int i = 0; i < steps; i++) {
      double t = (i + 0.5) / steps;
      for (double sign = -1; sign <= 1; sign += 2) {
        double[] x = {from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])};
        x[j] += sign * h;
        points.add(x, 0);
      }
    }
    ScoreBatch scores = Small.scores(scorer, points);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += (scores.logDensity(2 * i) - scores.logDensity(2 * i + 1)) / (2 * h) / steps;
    }
    return (to[j] - from[j]) * sum;
  }

  static Stream<Learned> everyKind() {
    return FlowKind.all();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void theSumIsTheSurprisalForEveryKind(Learned learned) {
    boolean plane = learned.atlas().config().dimension() == 2;
    EventBatch batch = plane ? events : learned.events(30, 803);
    for (DensitySum sum : DensitySum.values()) {
      try (AtlasScorer scorer = new JvmEngine().scorer(learned.atlas(), sum)) {
        assertSumsAreSurprisals(scorer, batch);
      }
    }
  }

  /** Relative to a surprisal near zero nothing is exact: there it is a thousandth of a nat. */
  @Test
  void belowOneNatTheSumIsRightToAThousandthOfANat() {
    try (AtlasScorer scorer = scorer(COUPLINGS, DensitySum.TRUNCATED)) {
      EventBatch ring = Small.ring(2000, new SplitMix(804));
      ScoreBatch scores = Small.scores(scorer, ring);
      EventBatch probable = new EventBatch(20, 2);
      for (int i = 0; i < ring.size() && probable.size() < 20; i++) {
        if (Math.abs(scores.logDensity(i)) < 0.9) {
          probable.add(ring.values(), 2 * i);
        }
      }
      assertThat(probable.size()).isEqualTo(20);
      Attribution told = attribution(scorer, probable);
      ScoreBatch again = Small.scores(scorer, probable);
      for (int i = 0; i < 20; i++) {
        assertThat(sum(told, i)).isCloseTo(-again.logDensity(i), offset(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE_MAF, ONE_IAF})
  void theChainRuleIsExact(String layers) {
    try (AtlasScorer scorer = scorer(layers, DensitySum.TRUNCATED)) {
      ScoreBatch scores = Small.scores(scorer, events);
      Attribution told = attribution(scorer, events);
      for (int i = 0; i < events.size(); i++) {
        double surprisal = -scores.logDensity(i);
        assertThat(told.error(i)).isZero();
        assertThat(sum(told, i))
            .isCloseTo(surprisal, offset(1e-6 * Math.max(1, Math.abs(surprisal))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {COUPLINGS, SPLINES, ONE_MAF, THREE_MAFS})
  void aFeatureThatIsFarOffGetsMostOfTheSurprisal(String layers) {
    try (AtlasScorer scorer = scorer(layers, DensitySum.TRUNCATED)) {
      EventBatch off = EventBatch.of(2, 8, 8, 2, -9, 22, -2, -15, -2);
      ScoreBatch scores = Small.scores(scorer, off);
      Attribution told = attribution(scorer, off);
      for (int i = 0; i < off.size(); i++) {
        int moved = i < 2 ? 1 : 0;
        assertThat(told.nats(i, moved))
            .as("event %d of surprisal %s", i, -scores.logDensity(i))
            .isGreaterThan(0.5 * -scores.logDensity(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {COUPLINGS, ONE_MAF})
  void anAttributionDependsOnItsEventAlone(String layers) {
    try (AtlasScorer scorer = scorer(layers, DensitySum.TRUNCATED);
        AtlasScorer another = scorer(layers, DensitySum.TRUNCATED)) {
      Attribution together = attribution(scorer, events);
      for (int i = events.size() - 1; i >= 0; i--) {
        Attribution alone =
            attribution(another, EventBatch.of(2, events.get(i, 0), events.get(i, 1)));
        assertThat(alone.nats(0, 0)).isEqualTo(together.nats(i, 0));
        assertThat(alone.nats(0, 1)).isEqualTo(together.nats(i, 1));
        assertThat(alone.error(0)).isEqualTo(together.error(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void attributingLeavesScoresAsTheyAre(DensitySum sum) {
    try (AtlasScorer scorer = scorer(COUPLINGS, sum)) {
      double before = Small.scores(scorer, events).logDensity(3);
      attribution(scorer, events);

      assertThat(Small.scores(scorer, events).logDensity(3)).isEqualTo(before);
    }
  }

  @Test
  void anEventThatIsNotANumberHasNoAttributionAndHarmsNoOther() {
    try (AtlasScorer scorer = scorer(COUPLINGS, DensitySum.TRUNCATED)) {
      Attribution beside = attribution(scorer, EventBatch.of(2, Double.NaN, 1, 5, -2));
      Attribution alone = attribution(scorer, EventBatch.of(2, 5, -2));

      assertThat(beside.nats(0, 0)).isNaN();
      assertThat(beside.nats(1, 0)).isEqualTo(alone.nats(0, 0));
    }
  }

  @Test
  void gaussLegendreIntegratesPolynomialsOfItsDegree() {
    GaussLegendre rule = new GaussLegendre(8);
    for (int degree = 0; degree <= 15; degree++) {
      double integral = 0;
      for (int i = 0; i < rule.count(); i++) {
        integral += rule.weight(i) * Math.pow(rule.node(i), degree);
      }
      assertThat(integral).as("t^%d", degree).isCloseTo(1.0 / (degree + 1), offset(1e-14));
    }
  }

  /** Ordinary events and some that are off by much, little, and beyond every bound. */
  private static EventBatch mixed() {
    EventBatch batch = new EventBatch(30, 2);
    EventBatch ring = Small.ring(20, new SplitMix(801));
    for (int i = 0; i < 20; i++) {
      batch.add(ring.values(), 2 * i);
    }
    SplitMix random = new SplitMix(802);
    for (int i = 0; i < 9; i++) {
      double scale = Math.pow(10, i / 3.0);
      batch.add(
          new double[] {5 + scale * random.nextGaussian(), -2 + scale * random.nextGaussian()}, 0);
    }
    batch.add(new double[] {-1e30, 5}, 0);
    return batch;
  }

  private static AtlasScorer scorer(String layers, DensitySum sum) {
    return new JvmEngine().scorer(ATLASES.computeIfAbsent(layers, AttributionTest::train), sum);
  }

  private static Atlas train(String layers) {
    AtlasConfig config = Small.config(2);
    return Small.atlas(Small.trainedOnRing(config.withFlow(config.flow().withLayers(layers)), 120));
  }

  private static Attribution attribution(AtlasScorer scorer, EventBatch batch) {
    Attribution told = new Attribution();
    scorer.attribute(batch, told);
    return told;
  }

  private static double sum(Attribution told, int row) {
    double sum = 0;
    for (int j = 0; j < told.dimension(); j++) {
      sum += told.nats(row, j);
    }
    return sum;
  }
}
