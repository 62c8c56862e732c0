package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link BlockKernels#addSums} by vectors. */
final class VectorSums {

  private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;

  /** Doubles of a vector: a quarter of the rows of a block. */
  private static final int QUARTER = WIDE.length();

  private static final int ROWS = VectorTiles.WIDTH;

  private VectorSums() {}

  /**
   * Adds two columns a round, as long as another one lies behind them; returns how many. Of the
   * floats of a vector the first half counts. Sums go through memory: see {@link VectorWeights}.
   */
  static int add(double scale, float[] s, int first, int columns, double[] sums, int at) {
    int j = 0;
    for (; j + 2 < columns; j += 2) {
      int m = first + j * ROWS;
      FloatVector s0 = FloatVector.fromArray(SPECIES, s, m);
      FloatVector s1 = FloatVector.fromArray(SPECIES, s, m + QUARTER);
      FloatVector s2 = FloatVector.fromArray(SPECIES, s, m + 2 * QUARTER);
      FloatVector s3 = FloatVector.fromArray(SPECIES, s, m + 3 * QUARTER);
      FloatVector t0 = FloatVector.fromArray(SPECIES, s, m + ROWS);
      FloatVector t1 = FloatVector.fromArray(SPECIES, s, m + ROWS + QUARTER);
      FloatVector t2 = FloatVector.fromArray(SPECIES, s, m + ROWS + 2 * QUARTER);
      FloatVector t3 = FloatVector.fromArray(SPECIES, s, m + ROWS + 3 * QUARTER);
      DoubleVector by = DoubleVector.broadcast(WIDE, scale);
      DoubleVector c0 = ((DoubleVector) s0.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector c1 = ((DoubleVector) s1.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector c2 = ((DoubleVector) s2.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector c3 = ((DoubleVector) s3.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector d0 = ((DoubleVector) t0.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector d1 = ((DoubleVector) t1.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector d2 = ((DoubleVector) t2.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector d3 = ((DoubleVector) t3.convert(VectorOperators.F2D, 0)).mul(by);
      DoubleVector sum0 = DoubleVector.fromArray(WIDE, sums, at);
      DoubleVector sum1 = DoubleVector.fromArray(WIDE, sums, at + QUARTER);
      DoubleVector sum2 = DoubleVector.fromArray(WIDE, sums, at + 2 * QUARTER);
      DoubleVector sum3 = DoubleVector.fromArray(WIDE, sums, at + 3 * QUARTER);
      sum0.add(c0).add(d0).intoArray(sums, at);
      sum1.add(c1).add(d1).intoArray(sums, at + QUARTER);
      sum2.add(c2).add(d2).intoArray(sums, at + 2 * QUARTER);
      sum3.add(c3).add(d3).intoArray(sums, at + 3 * QUARTER);
    }
    return j;
  }
}
