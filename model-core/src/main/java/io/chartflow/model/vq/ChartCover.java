package io.chartflow.model.vq;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import java.util.Optional;

/**
 * Which charts cover an encoding: {@code k} with {@code d_k < (1+ε)·d̃_m}, for {@code ε = 0} with
 * {@code d_k ≤ d̃_m}, where {@code d_k = ‖e − v_k‖₂} and {@code d̃_m} is the m-th smallest.
 * Compared as squares. Every encoding is covered by at least one chart; an encoding on top of m
 * codes at once by exactly those. Not safe for use by several threads.
 *
 * <p>Source: Sidheekh et al., UAI 2022, §4.2.
 */
public final class ChartCover {

  /**
   * Up to so many codes a block of encodings is measured against all in less time than searched.
   */
  private static final int MOST_MEASURED = 2048;

  private final float[] distances;
  private final CoverReach reach;
  private final Kernels kernels;
  private final int m;
  private final Optional<BlockCover> blocks;
  private Optional<CodeIndex> own = Optional.empty();
  private Matrix codesTransposed = Matrix.zeros(0, 0);
  private GroupSearch search;
  private Optional<SortedCover> sorted = Optional.empty();
  private int nearest;
  private float nearestSquared;
  private int[] nearestOf = new int[0];
  private float[] squaredOf = new float[0];

  /** The cover of this configuration, measured with these kernels. */
  public ChartCover(ChartsConfig config, Kernels kernels) {
    this.kernels = kernels;
    this.m = config.m();
    this.distances = new float[config.count()];
    this.reach = new CoverReach(config);
    this.search = new GroupSearch(new CodeIndex(0, 0, kernels), reach, kernels);
    this.blocks =
        kernels.blocks().map(side -> new BlockCover(side, reach, config.m(), config.count()));
  }

  /** Measures against these codes (K × d_v), as they are now. */
  public void use(Matrix codes) {
    CodeIndex index = own.orElseGet(() -> new CodeIndex(codes.rows(), codes.cols(), kernels));
    own = Optional.of(index);
    index.use(codes);
    use(index);
  }

  /** Measures against these codes from now on; others may do so too. */
  public void use(CodeIndex codes) {
    codesTransposed = codes.transposed();
    if (!search.searches(codes)) {
      search = new GroupSearch(codes, reach, kernels);
      sorted =
          codes.groups() > 0
              ? kernels.blocks().map(side -> new SortedCover(side, codes, reach, m))
              : Optional.empty();
    }
  }

  /** Whether many encodings are covered in less time if they are sorted. */
  public boolean prefersSorted() {
    return sorted.isPresent();
  }

  /** Where blocks of encodings are measured against codes side by side. */
  Optional<BlockCover> blocks() {
    return blocks;
  }

  /** The codes in use (d_v × K). */
  Matrix codesTransposed() {
    return codesTransposed;
  }

  /** Appends the charts that cover each of the rows; their nearest codes can be asked for then. */
  public void coverRows(Matrix encodings, PairList out) {
    int rows = encodings.rows();
    reserve(rows);
    int together = 0;
    if (blocks.isPresent() && distances.length <= MOST_MEASURED) {
      together = blocks.get().inBlocks(rows);
      blocks.get().cover(encodings, together, codesTransposed, out, nearestOf, squaredOf);
    }
    for (int i = together; i < rows; i++) {
      cover(encodings, i, out);
      nearestOf[i] = nearest;
      squaredOf[i] = nearestSquared;
    }
  }

  /**
   * The same for the encodings at the places {@code [from, to)} of an order among the codes in use,
   * in that order: the nearest code of row i is that of the encoding at {@code from + i}.
   */
  public void coverSorted(Matrix encodings, GroupOrder order, int from, int to, PairList out) {
    SortedCover side = sorted.orElseThrow();
    reserve(to - from);
    int end = from + side.inBlocks(to - from);
    for (int i = from; i < end; i++) {
      int place = (i - from) % side.rows();
      if (place == 0) {
        side.measure(encodings, order, i, Math.min(side.rows(), end - i));
      }
      int count = side.find(place);
      if (count > 0) {
        append(side, count, out);
      } else {
        coverByAll(encodings, order.row(i), out);
      }
      nearestOf[i - from] = nearest;
      squaredOf[i - from] = nearestSquared;
    }
    for (int i = end; i < to; i++) {
      cover(encodings, order.row(i), out);
      nearestOf[i - from] = nearest;
      squaredOf[i - from] = nearestSquared;
    }
  }

  /** Appends the codes that were found; the nearest is the first of the least distance. */
  private void append(SortedCover side, int count, PairList out) {
    int least = 0;
    for (int found = 0; found < count; found++) {
      out.add(found, side.code(found));
      least = side.squared(found) < side.squared(least) ? found : least;
    }
    out.endRow(count);
    nearest = side.code(least);
    nearestSquared = side.squared(least);
  }

  private void reserve(int rows) {
    if (nearestOf.length < rows) {
      nearestOf = new int[rows];
      squaredOf = new float[rows];
    }
  }

  /** The nearest code of a row of the last {@link #coverRows} or {@link #coverSorted}. */
  public int nearest(int row) {
    return nearestOf[row];
  }

  /** Its squared distance. */
  public float nearestSquaredDistance(int row) {
    return squaredOf[row];
  }

  /** Appends the charts that cover row {@code i} of {@code encodings}. */
  public void cover(Matrix encodings, int i, PairList out) {
    if (!foundInGroups(encodings, i)) {
      coverByAll(encodings, i, out);
      return;
    }
    for (int found = 0; found < search.count(); found++) {
      out.add(found, search.code(found));
    }
    out.endRow(search.count());
  }

  /** The same, all distances measured. */
  void coverByAll(Matrix encodings, int i, PairList out) {
    measure(encodings, i);
    float below = reach.below();
    int count = 0;
    int k = kernels.nextBelow(distances, 0, distances.length, below);
    while (k < distances.length) {
      out.add(count++, k);
      k = kernels.nextBelow(distances, k + 1, distances.length, below);
    }
    if (count == 0) { // distances that are not finite cover nothing
      out.add(count++, nearest);
    }
    out.endRow(count);
  }

  /** Appends every chart, for the sum over all of them. */
  public void coverAll(PairList out) {
    for (int k = 0; k < distances.length; k++) {
      out.add(k, k);
    }
    out.endRow(distances.length);
  }

  /** Whether chart {@code k} covers row {@code i} of {@code encodings}. */
  public boolean covers(Matrix encodings, int i, int k) {
    measure(encodings, i);
    return distances[k] < reach.below();
  }

  /**
   * Whether a code at this squared distance from row {@code i} covers it, measured against these
   * codes alone (d_v × n).
   */
  boolean coversAmong(Matrix codesTransposed, Matrix encodings, int i, float squared) {
    measure(codesTransposed, encodings, i);
    return squared < reach.below();
  }

  /** Finds the nearest code of row {@code i} of {@code encodings}. */
  public void findNearest(Matrix encodings, int i) {
    if (!foundInGroups(encodings, i)) {
      measure(encodings, i);
    }
  }

  /** The nearest code of the row measured last; of equals the first. */
  public int nearest() {
    return nearest;
  }

  /** Squared distance to the nearest code of the row measured last. */
  public float nearestSquaredDistance() {
    return nearestSquared;
  }

  /** Whether the codes are in groups and some cover the row: the search then holds them. */
  private boolean foundInGroups(Matrix encodings, int i) {
    if (!search.isWorthwhile()) {
      return false;
    }
    search.find(encodings, i);
    int least = 0;
    for (int at = 1; at < search.count(); at++) {
      least = search.squared(at) < search.squared(least) ? at : least;
    }
    if (search.count() > 0) {
      nearest = search.code(least);
      nearestSquared = search.squared(least);
    }
    return search.count() > 0;
  }

  /** Works out all distances and the m smallest. */
  private void measure(Matrix encodings, int i) {
    measure(codesTransposed, encodings, i);
  }

  private void measure(Matrix codesTransposed, Matrix encodings, int i) {
    kernels.squaredDistances(encodings.data(), encodings.row(i), codesTransposed, distances);
    int n = codesTransposed.cols();
    reach.clear();
    nearest = 0; // where no distance is a number
    int k = kernels.nextBelow(distances, 0, n, reach.bound());
    while (k < n) {
      nearest = reach.add(distances[k]) ? k : nearest;
      k = kernels.nextBelow(distances, k + 1, n, reach.bound());
    }
    nearestSquared = distances[nearest];
  }
}
