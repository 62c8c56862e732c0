package io.chartflow.local.data;

/** The piece {@code [from, to]} of a curve, with its parameter uniform on it. */
record Arc(double from, double to, Curve curve) {

  /** A closed curve over {@code [−π, π]}. */
  static Arc closed(Curve curve) {
    return new Arc(-Math.PI, Math.PI, curve);
  }
}
