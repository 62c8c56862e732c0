package io.chartflow.peers;

import com.amazon.randomcutforest.RandomCutForest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Events a second of a random cut forest by its defaults, 50 trees of 256 samples, one thread:
 * anomaly score, then update. Arguments: a file of float events, their dimension.
 */
public final class CutForest {

  private static final int STRETCHES = 5;
  private static final int EVENTS = 10_000;

  public static void main(String[] args) throws IOException {
    int dimension = Integer.parseInt(args[1]);
    FloatBuffer events =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0])))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    int rows = events.remaining() / dimension;
    RandomCutForest forest =
        RandomCutForest.builder()
            .dimensions(dimension)
            .numberOfTrees(50)
            .sampleSize(256)
            .shingleSize(1)
            .randomSeed(1)
            .parallelExecutionEnabled(false)
            .build();
    float[] point = new float[dimension];
    double[] rates = new double[STRETCHES];
    double sum = 0;
    for (int s = -2; s < STRETCHES; s++) {
      long began = System.nanoTime();
      for (int i = 0; i < EVENTS; i++) {
        events.get(Math.floorMod(s * EVENTS + i, rows) * dimension, point);
        sum += forest.getAnomalyScore(point);
        forest.update(point);
      }
      if (s >= 0) {
        rates[s] = 1e9 * EVENTS / (System.nanoTime() - began);
      }
    }
    java.util.Arrays.sort(rates);
    System.err.println("mean score " + sum / EVENTS / (STRETCHES + 2));
    System.out.println("[{\"work\": \"train\", \"batch\": 1, \"values\": {\"rows_per_second\": "
        + rates[STRETCHES / 2] + "}}]");
  }
}
