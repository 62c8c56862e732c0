package io.chartflow.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A conditional RealNVP of the same couplings in SameDiff, on as many rows as our model has (event,
 * chart) pairs: no encoder, no cover, no codebook, no score before learning, so less work than
 * ours. A row a second is an event's {@value #PAIRS} pairs. Takes the words of a trial.
 */
public final class SameDiffTrial {

  private static final double PAIRS = 2.5;
  private static final int CODE = 8;

  public static void main(String[] args) {
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      words.put(args[i], args[i + 1]);
    }
    int[] shape =
        Arrays.stream(words.get("--shape").split("x")).mapToInt(Integer::parseInt).toArray();
    int couplings = shape.length > 3 ? shape[3] : 5;
    int stretches = Integer.parseInt(words.get("--stretches"));
    List<String> paces = new ArrayList<>();
    for (String work : List.of("train", "score")) {
      for (String pair : words.getOrDefault("--" + work, "").split(",")) {
        if (!pair.isEmpty()) {
          String[] parts = pair.split(":");
          int batch = Integer.parseInt(parts[0]);
          int steps = Integer.parseInt(parts[1]);
          double rate = rate(work, shape[0], shape[1], couplings, batch, steps, stretches);
          paces.add(
              String.format(
                  Locale.ROOT,
                  "{\"work\": \"%s\", \"batch\": %d, \"values\": {\"rows_per_second\": %f}}",
                  work,
                  batch,
                  rate));
        }
      }
    }
    System.out.println(paces);
  }

  private static double rate(
      String work, int d, int width, int couplings, int batch, int steps, int stretches) {
    SameDiff flow = flow(d, width, couplings);
    int rows = (int) (batch * PAIRS);
    INDArray x = Nd4j.randn(DataType.FLOAT, rows, d + CODE);
    int each = Math.max(1, steps / stretches);
    Runnable some =
        work.equals("train")
            ? () -> fit(flow, x, each)
            : () -> {
              for (int i = 0; i < each; i++) {
                flow.output(Map.of("x", x), "logp");
              }
            };
    some.run();
    some.run();
    double[] rates = new double[stretches];
    for (int s = 0; s < stretches; s++) {
      long began = System.nanoTime();
      some.run();
      rates[s] = 1e9 * each * batch / (System.nanoTime() - began);
    }
    Arrays.sort(rates);
    return rates[stretches / 2];
  }

  private static void fit(SameDiff flow, INDArray x, int steps) {
    flow.fit(new SingletonDataSetIterator(new DataSet(x, null)), steps);
  }

  private static SameDiff flow(int d, int width, int couplings) {
    SameDiff sd = SameDiff.create();
    SDVariable input = sd.placeHolder("x", DataType.FLOAT, -1, d + CODE);
    SDVariable code = columns(sd, input, d, d + CODE);
    SDVariable y = columns(sd, input, 0, d);
    SDVariable logDet = null;
    int half = d / 2;
    for (int l = 0; l < couplings; l++) {
      int kept = l % 2 == 0 ? d - half : half;
      int moved = d - kept;
      if (l > 0) { // a turn of the features by half
        y = sd.concat(1, columns(sd, y, half, d), columns(sd, y, 0, half));
      }
      SDVariable a = columns(sd, y, 0, kept);
      SDVariable h = layer(sd, "a" + l, sd.concat(1, a, code), kept + CODE, width, true);
      h = layer(sd, "b" + l, h, width, width, true);
      SDVariable scale = layer(sd, "s" + l, h, width, moved, false);
      SDVariable s = sd.math.tanh(scale.div(3)).mul(3);
      SDVariable t = layer(sd, "t" + l, h, width, moved, false);
      y = sd.concat(1, a, columns(sd, y, kept, d).mul(sd.math.exp(s)).add(t));
      // SameDiff fails on a sum over an axis of length one.
      SDVariable sum = moved == 1 ? sd.reshape(s, -1) : s.sum(1);
      logDet = logDet == null ? sum : logDet.add(sum);
    }
    SDVariable logp = logDet.sub(y.mul(y).sum(1).mul(0.5)).rename("logp");
    SDVariable loss = logp.mean().neg().rename("loss");
    sd.setLossVariables(loss.name());
    sd.setTrainingConfig(
        TrainingConfig.builder()
            .updater(new Adam(1e-4))
            .dataSetFeatureMapping("x")
            .markLabelsUnused()
            .build());
    return sd;
  }

  private static SDVariable columns(SameDiff sd, SDVariable x, int from, int to) {
    return x.get(
        org.nd4j.autodiff.samediff.SDIndex.all(),
        org.nd4j.autodiff.samediff.SDIndex.interval(from, to));
  }

  private static SDVariable layer(
      SameDiff sd, String name, SDVariable x, int inputs, int outputs, boolean relu) {
    SDVariable w =
        sd.var(name + "w", Nd4j.randn(DataType.FLOAT, inputs, outputs).muli(0.5 / Math.sqrt(inputs)));
    SDVariable b = sd.var(name + "b", Nd4j.zeros(DataType.FLOAT, outputs));
    SDVariable sum = sd.nn.linear(x, w, b);
    return relu ? sd.nn.relu(sum, 0) : sum;
  }
}
