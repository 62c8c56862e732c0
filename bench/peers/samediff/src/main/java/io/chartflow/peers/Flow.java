package io.chartflow.peers;

import static io.chartflow.peers.ModelShape.CODE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The conditional flow: an affine map of each chart, then couplings. Its graphs hold no weights, so
 * they serve the learned and the averaged ones.
 */
final class Flow {

  /** Name of the network that corrects the charts' affine maps. */
  static final String CORRECTION = "correction";

  private static final DataType FLOAT = DataType.FLOAT;

  /**
   * A posterior below e to this power counts for nothing: what flowed back from it would be
   * denormal, and products of such numbers take many times as long.
   */
  private static final double LEAST_EXPONENT = -40;

  private final ModelShape shape;
  private final Map<String, long[]> correction = new LinkedHashMap<>();
  private final Map<String, long[]> couplings = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Graph affine;
  private final Graph density;
  private final Graph inverse;
  private final Graph loss;

  /**
   * A flow.
   *
   * @param batch events from which it learns at once
   */
  Flow(ModelShape shape, int batch) {
    this.shape = shape;
    int d = shape.dimension();
    Layers.addMlp(correction, CORRECTION, CODE, ModelShape.CORRECTION_WIDTH, 2 * d);
    Couplings.add(couplings, shape);
    shapes.putAll(correction);
    shapes.putAll(couplings);
    this.affine = affine();
    this.density = couplings(true);
    this.inverse = couplings(false);
    this.loss = loss(batch);
  }

  /** Weights of a flow, all zero. */
  FlatWeights weights() {
    return new FlatWeights(shapes);
  }

  private record Affine(SDVariable shift, SDVariable logScale) {}

  /** Shift and log-scale of every chart. */
  private Affine affine(Layers layers) {
    SameDiff sd = layers.graph();
    int d = shape.dimension();
    SDVariable codes = sd.placeHolder("codes", FLOAT, -1, CODE);
    SDVariable mean = sd.placeHolder("mean", FLOAT, -1, d);
    SDVariable halfLogVariance = sd.placeHolder("halfLogVariance", FLOAT, -1, d);
    SDVariable[] delta = sd.split(layers.mlp(codes, CORRECTION), 2, 1);
    SDVariable logScale = halfLogVariance.add(Couplings.bounded(sd, delta[1]));
    return new Affine(mean.add(delta[0]), logScale);
  }

  private Graph affine() {
    SameDiff sd = SameDiff.create();
    Affine affine = affine(Layers.in(sd, correction));
    affine.shift.rename("shift");
    affine.logScale.rename("logScale");
    return new Graph(sd, correction.keySet());
  }

  private Graph couplings(boolean forward) {
    SameDiff sd = SameDiff.create();
    Layers layers = Layers.in(sd, couplings);
    SDVariable x = sd.placeHolder("x", FLOAT, -1, shape.dimension());
    SDVariable code = sd.placeHolder("code", FLOAT, -1, CODE);
    Couplings built = new Couplings(shape, layers, code);
    SDVariable y = forward ? built.logDensity(x) : built.inverse(x);
    y.rename("y");
    return new Graph(sd, couplings.keySet());
  }

  /**
   * The marginal likelihood, -1/n Σ_i log Σ_k p_k p(x_i|k). The affine maps are gathered as a
   * product with one-hot rows, whose gradient is a product too. What the exponents are shifted by
   * is rounded to integers, through which no gradient flows. Sums of unsorted segments, though ours
   * are sorted, and gathers of points are several times faster than their relatives.
   */
  private Graph loss(int batch) {
    SameDiff sd = SameDiff.create();
    Layers layers = Layers.differentiable(sd, shapes);
    Affine affine = affine(layers);
    SDVariable x = sd.placeHolder("x", FLOAT, -1, shape.dimension());
    SDVariable code = sd.placeHolder("code", FLOAT, -1, CODE);
    SDVariable chart = sd.placeHolder("chart", FLOAT, -1, shape.charts());
    SDVariable row = sd.placeHolder("row", DataType.INT, -1);
    SDVariable logWeight = sd.placeHolder("logWeight", FLOAT, -1);
    SDVariable logScale = chart.mmul(affine.logScale);
    SDVariable y = x.sub(chart.mmul(affine.shift)).mul(sd.math.exp(logScale.neg()));
    SDVariable pairs =
        new Couplings(shape, layers, code).logDensity(y).sub(logScale.sum(1)).add(logWeight);
    SDVariable peak = sd.unsortedSegmentMax(pairs, row, batch).castTo(DataType.INT);
    SDVariable peaks = sd.gatherNd(peak, sd.reshape(row, -1, 1)).castTo(FLOAT);
    SDVariable shifted = sd.clipByValue(pairs.sub(peaks), LEAST_EXPONENT, Math.abs(LEAST_EXPONENT));
    SDVariable sums = sd.unsortedSegmentSum(sd.math.exp(shifted), row, batch);
    sd.math.log(sums).add(peak.castTo(FLOAT)).mean().neg().rename("loss");
    return new Graph(sd, shapes.keySet()).minimising("loss");
  }

  /** Shift and log-scale of every chart. */
  ChartAffine affine(FlatWeights weights, Quantiser charts) {
    List<float[]> tables = affine.output(weights, inputs(charts), List.of("shift", "logScale"));
    return new ChartAffine(shape.dimension(), tables.get(0), tables.get(1));
  }

  private Map<String, INDArray> inputs(Quantiser charts) {
    int d = shape.dimension();
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put("codes", Matrices.matrix(charts.codes().rows(), CODE));
    inputs.put("mean", Matrices.matrix(charts.means(), d));
    inputs.put("halfLogVariance", Matrices.matrix(charts.halfLogVariances(), d));
    return inputs;
  }

  /** log|det J| - ½z² of the couplings. */
  float[] density(FlatWeights weights, float[] y, float[] code) {
    Map<String, INDArray> inputs =
        Map.of("x", Matrices.matrix(y, shape.dimension()), "code", Matrices.matrix(code, CODE));
    return density.output(weights, inputs, "y");
  }

  /** Inverse of the couplings. */
  float[] inverse(FlatWeights weights, INDArray z, float[] code) {
    Map<String, INDArray> inputs = Map.of("x", z, "code", Matrices.matrix(code, CODE));
    return inverse.output(weights, inputs, "y");
  }

  /** Gradients of the marginal likelihood, negative, of a batch's pairs. */
  List<INDArray> gradients(FlatWeights weights, Quantiser charts, Cover cover, float[] x) {
    return loss.gradients(weights, lossInputs(charts, cover, x));
  }

  Map<String, INDArray> lossInputs(Quantiser charts, Cover cover, float[] x) {
    int m = cover.pairs();
    float[] oneHot = new float[m * shape.charts()];
    for (int p = 0; p < m; p++) {
      oneHot[p * shape.charts() + cover.chart(p)] = 1;
    }
    float[] code = cover.byChart(charts.codes().rows(), CODE);
    float[] logWeight = charts.logPrior();
    for (int k = 0; k < logWeight.length; k++) {
      logWeight[k] -= (float) (0.5 * shape.dimension() * ChartAffine.LOG_TWO_PI);
    }
    Map<String, INDArray> inputs = inputs(charts);
    inputs.put("x", Matrices.matrix(cover.byEvent(x, shape.dimension()), shape.dimension()));
    inputs.put("code", Matrices.matrix(code, CODE));
    inputs.put("chart", Matrices.matrix(oneHot, shape.charts()));
    inputs.put("row", Nd4j.createFromArray(cover.events(m)));
    inputs.put("logWeight", Nd4j.createFromArray(cover.byChart(logWeight, 1)));
    return inputs;
  }
}
