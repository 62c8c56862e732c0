package io.chartflow.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Little-endian floats of a prepared folder, taken one array after the other. */
final class WeightsFile {

  private final FloatBuffer rest;

  private WeightsFile(FloatBuffer rest) {
    this.rest = rest;
  }

  static WeightsFile open(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new WeightsFile(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** All that is left in a file. */
  static float[] readAll(Path file) {
    WeightsFile floats = open(file);
    return floats.take(floats.rest.remaining());
  }

  float[] take(int count) {
    float[] values = new float[count];
    rest.get(values);
    return values;
  }

  /** The coder's or the correction's three layers in their order. */
  void takeMlp(FlatWeights into, String name) {
    for (int layer = 0; layer < Layers.MLP; layer++) {
      takeLinear(into, name + layer);
    }
  }

  private void takeLinear(FlatWeights into, String name) {
    takeRows(into, Layers.weight(name), 0);
    takeRows(into, Layers.bias(name), 0);
  }

  private void takeRows(FlatWeights into, String name, int skipped) {
    into.set(name, skipped, take(into.size(name) - skipped));
  }

  /** A flow. A coupling's first layer stands in two parts: of what is kept, and of the code. */
  void takeFlow(FlatWeights into, ModelShape shape) {
    takeMlp(into, Flow.CORRECTION);
    for (int i = 0; i < shape.couplings(); i++) {
      String first = Layers.weight(Couplings.first(i));
      int kept = shape.kept(i) * shape.width();
      into.set(first, 0, take(kept));
      takeRows(into, Layers.bias(Couplings.first(i)), 0);
      takeLinear(into, Couplings.second(i));
      takeLinear(into, Couplings.last(i));
      takeRows(into, first, kept);
    }
  }

  /** Checks that nothing is left. */
  void end() {
    if (rest.hasRemaining()) {
      throw new IllegalStateException(
          "expected %d floats, got %d".formatted(rest.position(), rest.limit()));
    }
  }
}
