package io.chartflow.model.nn;

import io.chartflow.model.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each weight lies in one flat array. Weights, gradients, moments and averages all have this
 * layout, so an optimiser and a codec see nothing but arrays.
 */
public final class ParameterLayout {

  private static final int NO_FACTOR = -1;

  private final List<Slice> slices = new ArrayList<>();
  private int size;
  private int factors;

  /** Reserves a {@code rows × cols} matrix. */
  public Slice matrix(int rows, int cols) {
    return add(rows, cols, NO_FACTOR);
  }

  /** Reserves a {@code rows × cols} matrix that many rows are multiplied with. */
  public Slice factor(int rows, int cols) {
    return add(rows, cols, factors++);
  }

  private Slice add(int rows, int cols, int factor) {
    Slice slice = new Slice(slices.size(), size, rows, cols, factor);
    size = Math.addExact(size, Math.multiplyExact(rows, cols));
    slices.add(slice);
    return slice;
  }

  /** Number of floats reserved so far. */
  public int size() {
    return size;
  }

  /** Every slice, in order of reservation. */
  public List<Slice> slices() {
    return List.copyOf(slices);
  }

  /**
   * One matrix of weights in the flat array.
   *
   * @param index its number among all
   * @param offset of its first element
   * @param rows inputs of a layer, 1 for a bias
   * @param cols outputs of a layer
   * @param factor its number among those that are {@linkplain Weights#packed packed}, or −1
   */
  public record Slice(int index, int offset, int rows, int cols, int factor) {

    boolean isFactor() {
      return factor != NO_FACTOR;
    }

    /** This slice of {@code flat}. */
    public Matrix in(float[] flat) {
      return Matrix.of(flat, offset, rows, cols);
    }

    /** The transpose of this slice in an array that holds every slice transposed. */
    public Matrix transposedIn(float[] flatTransposed) {
      return Matrix.of(flatTransposed, offset, cols, rows);
    }
  }
}
