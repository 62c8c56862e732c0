package io.chartflow.peers;

import static io.chartflow.peers.ModelShape.CODE;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Learner and scorer: what {@code Model} is in {@code vq_flow.py}, step by step the same work. */
final class Model {

  private static final int POINTS = 128; // of a chart, by which Z_k is measured
  private static final int PERIOD = 256; // steps in which every Z_k is measured once
  private static final int SETTLED = 4096; // steps behind it when a measurement begins
  private static final double FLOW_RATE = 5e-3;
  private static final double RATE_HALVING = 300;
  private static final double AVERAGE = 0.998;

  private final ModelShape shape;
  private final float[] mean;
  private final float[] std;
  private final AutoEncoder coder;
  private final Quantiser quantiser;
  private final Flow flow;
  private final FlatWeights learned;
  private final FlatWeights averaged;
  private final Adam adam;
  private final Scores scores;
  private final float[] z;
  private ChartAffine version;
  private float[] logWeight;
  private int steps = SETTLED;

  /**
   * Takes over what was prepared.
   *
   * @param batch events from which it learns at once
   */
  Model(ModelShape shape, WeightsFile file, int batch) {
    this.shape = shape;
    this.mean = file.take(shape.dimension());
    this.std = file.take(shape.dimension());
    this.coder = new AutoEncoder(shape, file);
    this.quantiser = new Quantiser(shape, file);
    this.flow = new Flow(shape, batch);
    this.learned = flow.weights();
    this.averaged = flow.weights();
    file.takeFlow(learned, shape);
    file.takeFlow(averaged, shape);
    this.z = file.take(shape.charts());
    file.end();
    this.adam = new Adam(learned);
    double logUnits = 0;
    for (float scale : std) {
      logUnits -= Math.log(scale);
    }
    this.scores = new Scores((float) logUnits);
    publish();
  }

  /** Works out what scoring with one version needs. */
  private void publish() {
    version = flow.affine(averaged, quantiser);
    logWeight = logWeight();
  }

  /** log(p_k/Z_k). */
  private float[] logWeight() {
    float[] weight = quantiser.logPrior();
    for (int k = 0; k < weight.length; k++) {
      weight[k] -= (float) Math.log(Math.max(z[k], 1e-3f));
    }
    return weight;
  }

  /** Scores a batch with the version. */
  Scores score(float[] events) {
    float[] x = standardised(events);
    return score(x, coder.encode(matrix(x)));
  }

  /** Scores the batch, then learns from it. */
  void train(float[] events) {
    float[] x = standardised(events);
    INDArray input = matrix(x);
    version = flow.affine(averaged, quantiser);
    measureMass();
    logWeight = logWeight();
    float[] encodings = coder.encode(input);
    score(x, encodings).mean();
    learn(x, input, encodings);
  }

  /** Charts that cover an event of the last batch, on average. */
  double chartsPerEvent() {
    return quantiser.chartsPerEvent();
  }

  /** Learns without scoring first. */
  void learn(float[] events) {
    float[] x = standardised(events);
    INDArray input = matrix(x);
    learn(x, input, coder.encode(input));
  }

  private Scores score(float[] x, float[] encodings) {
    Cover cover = quantiser.cover(encodings);
    float[] code = cover.byChart(quantiser.codes().rows(), CODE);
    float[] pairs = flow.density(averaged, version.forward(cover, x), code);
    for (int p = 0; p < pairs.length; p++) {
      int k = cover.chart(p);
      pairs[p] += version.logNormaliser(k) + logWeight[k];
    }
    scores.of(cover, pairs);
    return scores;
  }

  private void learn(float[] x, INDArray input, float[] encodings) {
    Cover cover = quantiser.learn(x, encodings);
    float[] code = new float[encodings.length];
    float[] jump = new float[encodings.length];
    for (int i = 0; i < cover.events(); i++) {
      System.arraycopy(quantiser.codes().rows(), cover.nearest(i) * CODE, code, i * CODE, CODE);
    }
    for (int i = 0; i < jump.length; i++) {
      jump[i] = code[i] - encodings[i];
    }
    coder.learn(input, Matrices.matrix(code, CODE), Matrices.matrix(jump, CODE));
    double rate = FLOW_RATE / Math.sqrt(1 + steps / RATE_HALVING);
    adam.step(flow.gradients(learned, quantiser, cover, x), rate);
    averaged.vector().muli(AVERAGE);
    Nd4j.getBlasWrapper().axpy(1 - AVERAGE, learned.vector(), averaged.vector());
    steps++;
  }

  /** Measures {@code Z_k} of the charts whose turn it is: the share of own points they cover. */
  private void measureMass() {
    int turn = steps % PERIOD;
    int first = shape.charts() * turn / PERIOD;
    int end = shape.charts() * (turn + 1) / PERIOD;
    if (first == end) {
      return;
    }
    int[] charts = new int[(end - first) * POINTS];
    float[] code = new float[charts.length * CODE];
    for (int i = 0; i < charts.length; i++) {
      charts[i] = first + i / POINTS;
      System.arraycopy(quantiser.codes().rows(), charts[i] * CODE, code, i * CODE, CODE);
    }
    Arrays.fill(z, first, end, 0);
    INDArray points = Nd4j.randn(DataType.FLOAT, charts.length, shape.dimension());
    float[] x = flow.inverse(averaged, points, code);
    version.inverseInPlace(x, charts);
    Cover cover = quantiser.cover(coder.encode(matrix(x)));
    for (int p = 0; p < cover.pairs(); p++) {
      z[cover.chart(p)] += charts[cover.event(p)] == cover.chart(p) ? 1f / POINTS : 0;
    }
  }

  private INDArray matrix(float[] x) {
    return Matrices.matrix(x, shape.dimension());
  }

  private float[] standardised(float[] events) {
    int d = shape.dimension();
    float[] x = new float[events.length];
    for (int row = 0; row < x.length; row += d) {
      for (int j = 0; j < d; j++) {
        x[row + j] = (events[row + j] - mean[j]) / std[j];
      }
    }
    return x;
  }
}
