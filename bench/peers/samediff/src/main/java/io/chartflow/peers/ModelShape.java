package io.chartflow.peers;

import java.util.Arrays;

/**
 * The size of a model.
 *
 * @param dimension D, features of an event
 * @param width units of each hidden layer of a coupling's network
 * @param charts K
 * @param couplings L
 */
record ModelShape(int dimension, int width, int charts, int couplings) {

  /** Length of a code {@code v_k}. */
  static final int CODE = 8;

  /** Width of encoder and decoder. */
  static final int CODER_WIDTH = 64;

  /** Width of the network that corrects the charts' affine maps. */
  static final int CORRECTION_WIDTH = 64;

  private static final int DEFAULT_COUPLINGS = 5;

  /** The shape of a name, for instance {@code 3x64x64} or {@code 3x64x64x10}. */
  static ModelShape parse(String name) {
    int[] parts = Arrays.stream(name.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    int couplings = parts.length > 3 ? parts[3] : DEFAULT_COUPLINGS;
    return new ModelShape(parts[0], parts[1], parts[2], couplings);
  }

  /** Features that coupling {@code i} leaves as they are. */
  int kept(int i) {
    return i % 2 == 0 ? dimension - dimension / 2 : dimension / 2;
  }
}
