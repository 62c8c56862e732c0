package io.chartflow.model.flow;

/** A layer on blocks of rows, there and back; leaves nothing for a backward pass. */
interface BlockLayer {

  /** As {@link FlowLayer.Run#forward}, to the same bits. */
  void forward(FlowPass pass, FlowBlocks blocks);

  /** As {@link FlowLayer.Run#inverse}, to the same bits. */
  void inverse(FlowPass pass, FlowBlocks blocks);
}
