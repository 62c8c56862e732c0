package io.chartflow.model.engine;

/**
 * Nodes and weights on {@code [0, 1]} of the rule that integrates polynomials of degree {@code 2n −
 * 1} exactly. The nodes are the roots of Legendre's polynomial {@code P_n}, found by Newton's
 * method from {@code cos(π(i + ¾)/(n + ½))}; the weights {@code 2/((1 − x²)·P_n′(x)²)}, both moved
 * from [−1, 1].
 */
final class GaussLegendre {

  private static final int ROUNDS = 8;

  private final double[] nodes;
  private final double[] weights;

  GaussLegendre(int count) {
    nodes = new double[count];
    weights = new double[count];
    for (int i = 0; i < count; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      double slope = 0;
      for (int round = 0; round < ROUNDS; round++) {
        double before = 1;
        double value = x;
        for (int n = 2; n <= count; n++) {
          double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
          before = value;
          value = next;
        }
        slope = count * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = (1 - x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
  }

  int count() {
    return nodes.length;
  }

  double node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }
}
