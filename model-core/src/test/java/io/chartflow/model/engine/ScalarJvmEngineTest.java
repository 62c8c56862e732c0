package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.AllKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine of a machine without the vector module. */
class ScalarJvmEngineTest extends AtlasEngineContract {

  @Override
  public AtlasEngine engine(int workers) {
    return new JvmEngine(AllKernels.scalar(), workers);
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  void itLearnsTheSameBitsAsTheEngineOnVectors(FlowKind kind) {
    AtlasEngine vector = new JvmEngine(AllKernels.vector(), 1);
    try (AtlasTrainer mine = Small.trainedOnRing(engine(1), kind.plane(), 60);
        AtlasTrainer other = Small.trainedOnRing(vector, kind.plane(), 60)) {
      assertThat(mine.snapshot()).isEqualTo(other.snapshot());
      assertThat(Small.atlas(mine)).isEqualTo(Small.atlas(other));
    }
  }
}
