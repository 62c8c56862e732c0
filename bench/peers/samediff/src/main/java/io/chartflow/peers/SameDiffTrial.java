package io.chartflow.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The process of a contender in SameDiff: what {@code EngineTrial} is on our side and {@code
 * engine.py} in PyTorch. Takes the words of a trial and prints one line of JSON.
 *
 * <p>May it have several threads, it still computes on one: on two cores two threads were slower at
 * every shape, up to ten times, for those of OpenBLAS and of OpenMP wait for each other awake.
 *
 * <p>The steps of a trial are sized for faster engines. A stretch therefore ends after {@value
 * #STRETCH_SECONDS} seconds, but not before {@value #LEAST_STEPS} steps; its rate is that of the
 * steps it made.
 */
public final class SameDiffTrial {

  /** As long as ours, which is compiled while it runs too. */
  private static final double FIRST_WARM_UP = 6;

  private static final double WARM_UP = 1;
  private static final double STRETCH_SECONDS = 3;
  private static final int LEAST_STEPS = 3;

  private final ModelShape shape;
  private final Path folder;
  private final int stretches;
  private final float[] events;
  private final List<String> paces = new ArrayList<>();

  private SameDiffTrial(Map<String, String> words) {
    shape = ModelShape.parse(words.get("--shape"));
    folder = Path.of(words.get("--folder"));
    stretches = Integer.parseInt(words.get("--stretches"));
    events = WeightsFile.readAll(folder.resolve("events.f32"));
  }

  /** Runs the trial that the words say. */
  public static void main(String[] args) {
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      words.put(args[i], args[i + 1]);
    }
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0"); // or each array asks for it
    computeOnOneThread();
    Recycler.ALL.install();
    SameDiffTrial trial = new SameDiffTrial(words);
    for (String work : List.of("train", "learn", "score")) {
      for (String pair : words.getOrDefault("--" + work, "").split(",", -1)) {
        if (!pair.isEmpty()) {
          String[] parts = pair.split(":", -1);
          trial.measure(work, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
      }
    }
    System.out.println(trial.paces);
  }

  private static void computeOnOneThread() {
    Nd4j.factory().blas().setMaxThreads(1);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  private void measure(String work, int batch, int steps) {
    Model model = new Model(shape, WeightsFile.open(folder.resolve("weights.f32")), batch);
    double error = error(model);
    Consumer<float[]> step =
        switch (work) {
          case "train" -> model::train;
          case "learn" -> model::learn;
          default -> model::score;
        };
    double rate = batch * rate(step, batches(batch), Math.max(1, steps / stretches));
    paces.add(
        String.format(
            Locale.ROOT,
            "{\"work\": \"%s\", \"batch\": %d, \"values\": {\"rows_per_second\": %.3f,"
                + " \"charts_per_event\": %.6f, \"log_density_error\": %e}}",
            work,
            batch,
            rate,
            model.chartsPerEvent(),
            error));
  }

  /** Largest difference from the log-densities that were expected. */
  private double error(Model model) {
    float[] expected = WeightsFile.readAll(folder.resolve("expected.f32"));
    float[] values =
        model.score(Arrays.copyOf(events, expected.length * shape.dimension())).logDensity();
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      error = Math.max(error, Math.abs(values[i] - expected[i]));
    }
    return error;
  }

  private List<float[]> batches(int size) {
    int length = size * shape.dimension();
    List<float[]> batches = new ArrayList<>();
    for (int from = 0; from + length <= events.length; from += length) {
      batches.add(Arrays.copyOfRange(events, from, from + length));
    }
    return batches;
  }

  /** Steps a second: the median of the stretches. */
  private double rate(Consumer<float[]> step, List<float[]> batches, int steps) {
    double warmUp = paces.isEmpty() ? FIRST_WARM_UP : WARM_UP;
    int turn = 0;
    for (long began = System.nanoTime(); turn < LEAST_STEPS || secondsSince(began) < warmUp; ) {
      step.accept(batches.get(turn++ % batches.size()));
    }
    double[] rates = new double[stretches];
    for (int s = 0; s < stretches; s++) {
      long began = System.nanoTime();
      int made = 0;
      while (made < steps && (made < LEAST_STEPS || secondsSince(began) < STRETCH_SECONDS)) {
        step.accept(batches.get((turn + made++) % batches.size()));
      }
      rates[s] = made / secondsSince(began);
      turn += made;
    }
    Arrays.sort(rates);
    return rates[stretches / 2];
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
