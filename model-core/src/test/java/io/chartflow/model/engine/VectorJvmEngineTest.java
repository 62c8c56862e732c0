package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.AllKernels;
import org.junit.jupiter.api.Test;

/** The engine of a machine with the vector module. */
class VectorJvmEngineTest extends AtlasEngineContract {

  @Override
  public AtlasEngine engine(int workers) {
    return new JvmEngine(AllKernels.vector(), workers);
  }

  @Test
  void itIsTheOneThatUsersGetWhereTheModuleIs() {
    assertThat(new JvmEngine().description()).isEqualTo(engine(1).description());
  }
}
