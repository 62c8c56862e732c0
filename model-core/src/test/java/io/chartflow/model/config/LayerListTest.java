package io.chartflow.model.config;

import static io.chartflow.model.config.LayerKind.CHART_AFFINE;
import static io.chartflow.model.config.LayerKind.COUPLING;
import static io.chartflow.model.config.LayerKind.LU;
import static io.chartflow.model.config.LayerKind.MAF;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerListTest {

  @Test
  void aListReadsAsItIsWritten() {
    LayerList list = new LayerList("chart-affine,lu+coupling*2 ,  maf x 3");

    assertThat(list.isValid()).isTrue();
    assertThat(list.kinds())
        .containsExactly(CHART_AFFINE, LU, COUPLING, LU, COUPLING, MAF, MAF, MAF);
    assertThat(list.canonical()).isEqualTo("chart-affine, lu + coupling×2, maf×3");
    assertThat(new LayerList(list.canonical()).canonical()).isEqualTo(list.canonical());
  }

  @Test
  void noLayerIsAListToo() {
    assertThat(new LayerList(" ").kinds()).isEmpty();
    assertThat(new LayerList("").isValid()).isTrue();
  }

  @Test
  void whatIsNoLayerIsNotValid() {
    for (String text : new String[] {"coupling,", "×3", "coupling×", "coupling 3", "maf×-1", "a"}) {
      assertThat(new LayerList(text).isValid()).as(text).isFalse();
    }
  }

  @Test
  void oneAutoregressiveLayerKeepsTheOrderOfTheFeatures() {
    FlowConfig flow = FlowConfig.DEFAULTS;

    assertThat(flow.isAutoregressive()).isFalse();
    assertThat(flow.withLayers("chart-affine, maf").isAutoregressive()).isTrue();
    assertThat(flow.withLayers("chart-affine, maf×2").isAutoregressive()).isFalse();
    assertThat(flow.withLayers("chart-affine, iaf").isAutoregressive()).isTrue();
    assertThat(flow.withLayers("chart-affine, iaf×2").isAutoregressive()).isFalse();
    assertThat(flow.withLayers("maf, iaf").isAutoregressive()).isFalse();
  }
}
