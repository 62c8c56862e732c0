package io.chartflow.model.flow;

/** A layer's forward pass on blocks of rows, which leaves nothing for a backward pass. */
interface BlockLayer {

  /** As {@link FlowLayer.Run#forward}, to the same bits. */
  void forward(FlowPass pass, FlowBlocks blocks);
}
