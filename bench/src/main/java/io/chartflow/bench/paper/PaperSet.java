package io.chartflow.bench.paper;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The shapes, by the names of the paper. */
public enum PaperSet {
  /** Three blobs on a sphere. */
  SPHERICAL("Spherical", "spherical"),
  /** A helix of three turns. */
  HELIX("Helix", "helix"),
  /** A bent Lissajous figure. */
  LISSAJOUS("Lissajous", "lissajous"),
  /** Two circles that touch. */
  TWISTED_EIGHT("Twisted-Eight", "twisted-eight"),
  /** A trefoil knot. */
  KNOTTED("Knotted", "knotted"),
  /** Two circles through each other's centres. */
  INTERLOCKED_CIRCLES("Interlocked-Circles", "interlocked-circles"),
  /** A segment and an ellipse; not in the paper's tables. */
  DISJOINT_CIRCLES("DisjointCircles", "disjoint-circles");

  private final String title;
  private final String dataSet;

  PaperSet(String title, String dataSet) {
    this.title = title;
    this.dataSet = dataSet;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name on the command line, which is the data set's. */
  public String text() {
    return dataSet;
  }

  /** Where events come from. */
  public DataSet dataSet() {
    return DataSets.named(dataSet);
  }

  /**
   * The shape of this name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static PaperSet named(String name) {
    return Arrays.stream(values())
        .filter(set -> set.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "sets must be some of "
                        + Arrays.stream(values())
                            .map(PaperSet::text)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
