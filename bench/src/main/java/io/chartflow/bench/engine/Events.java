package io.chartflow.bench.engine;

import io.chartflow.model.engine.EventBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Events that every contender sees: with three features a helix, with more a wavy surface of two
 * dimensions, each with a little noise. Kept as floats, little-endian, row-major.
 */
final class Events {

  private static final int SURFACE = 2;
  private static final double TURNS = 3;
  private static final double NOISE = 0.05;

  private Events() {}

  /** Rows of {@code dimension} features; the same numbers at every call. */
  static float[] make(int rows, int dimension) {
    Random random = new Random(dimension);
    double[][] waves = new double[SURFACE][dimension];
    double[] phase = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      for (double[] wave : waves) {
        wave[j] = random.nextGaussian();
      }
      phase[j] = 2 * Math.PI * random.nextDouble();
    }
    float[] values = new float[rows * dimension];
    for (int i = 0; i < rows; i++) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      for (int j = 0; j < dimension; j++) {
        double clean =
            dimension == 3
                ? helix(u, j)
                : Math.sin(TURNS * (u * waves[0][j] + v * waves[1][j]) + phase[j]);
        values[i * dimension + j] = (float) (clean + NOISE * random.nextGaussian());
      }
    }
    return values;
  }

  private static double helix(double along, int j) {
    double angle = TURNS * Math.PI * along;
    return j == 0 ? Math.cos(angle) : j == 1 ? Math.sin(angle) : 2 * along;
  }

  /** As many full batches as the rows give. */
  static List<EventBatch> batches(float[] values, int dimension, int size) {
    int rows = values.length / dimension;
    if (rows < size) {
      throw new IllegalArgumentException("expected %d rows, got %d".formatted(size, rows));
    }
    double[] row = new double[dimension];
    List<EventBatch> batches = new ArrayList<>();
    for (int from = 0; from + size <= rows; from += size) {
      EventBatch batch = new EventBatch(size, dimension);
      for (int i = from; i < from + size; i++) {
        for (int j = 0; j < dimension; j++) {
          row[j] = values[i * dimension + j];
        }
        batch.add(row, 0);
      }
      batches.add(batch);
    }
    return batches;
  }

  /** Writes floats, one array behind the other. */
  static void write(Path file, List<float[]> arrays) {
    try (var out = Files.newOutputStream(file)) {
      for (float[] array : arrays) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * array.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(array);
        out.write(bytes.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Reads what {@link #write} wrote. */
  static float[] read(Path file) {
    try {
      FloatBuffer floats =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
