package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import org.junit.jupiter.api.Test;

class ChartMassTest {

  private final Atlas atlas = Small.atlas(Small.trainedOnRing(FlowKind.ALL_LAYERS.plane(), 300));
  private final Network network = Network.of(atlas.config());

  @Test
  void aRoughEstimateIsWithinItsErrorOfAFineOne() {
    try (Workers workers = new Workers(1)) {
      ChartMass fine = new ChartMass(network);
      fine.estimate(evaluator(workers));
      ChartMass rough = rough(workers);

      for (int k = 0; k < network.charts(); k++) {
        assertThat(rough.error()[k]).isLessThan(0.07f);
        assertThat(rough.z()[k]).isCloseTo(fine.z()[k], offset(3 * rough.error()[k]));
      }
    }
  }

  @Test
  void itIsTheSameForEveryNumberOfWorkers() {
    try (Workers one = new Workers(1);
        Workers many = new Workers(3)) {
      ChartMass expected = rough(one);
      ChartMass shared = rough(many);

      assertThat(shared.z()).isEqualTo(expected.z());
      assertThat(shared.error()).isEqualTo(expected.error());
    }
  }

  private ChartMass rough(Workers workers) {
    ChartMass mass = new ChartMass(network);
    DensityEvaluator evaluator = evaluator(workers);
    mass.estimateRoughly(evaluator, 0, 3);
    mass.estimateRoughly(evaluator, 3, network.charts());
    return mass;
  }

  private DensityEvaluator evaluator(Workers workers) {
    DensityEvaluator evaluator = new DensityEvaluator(network, Kernels.best(), workers);
    int charts = network.charts();
    ChartSet set =
        new ChartSet(
            Matrix.of(atlas.codes().toArray(), 0, charts, atlas.codes().size() / charts),
            Matrix.of(atlas.chartMeans().toArray(), 0, charts, network.dimension()),
            Matrix.of(atlas.chartVariances().toArray(), 0, charts, network.dimension()));
    evaluator.use(atlas.quantizerWeights().toArray(), set, atlas.flowWeights().toArray());
    return evaluator;
  }
}
