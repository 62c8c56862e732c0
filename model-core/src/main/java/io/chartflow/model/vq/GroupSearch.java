package io.chartflow.model.vq;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;

/**
 * Finds the codes that cover an encoding group by group. A group whose centre is further than the
 * distance that still covers and its radius together has none of them. The same distances, and so
 * the same codes, as if all were measured: bounds are taken wider than rounding can matter for up
 * to 10,000 numbers a code. Working memory of one thread.
 */
final class GroupSearch {

  private static final float WIDER = 1.001f;
  private static final float NEARER = 0.998f;
  private static final float LEAST = 1e-30f; // smaller squares are rounded by more

  private final Kernels kernels;
  private final CodeIndex index;
  private final CoverReach reach;
  private final float[] toCentre;
  private final float[] toMember = new float[CodeIndex.SIZE];
  private final float[] found;
  private final int[] codes;
  private float bound;
  private float below;
  private int count;

  GroupSearch(CodeIndex index, CoverReach reach, Kernels kernels) {
    this.kernels = kernels;
    this.index = index;
    this.reach = reach;
    this.toCentre = new float[index.groups()];
    this.found = new float[index.groups() * CodeIndex.SIZE];
    this.codes = new int[index.groups() * CodeIndex.SIZE];
  }

  /** Whether these are the codes it finds. */
  boolean searches(CodeIndex codes) {
    return index == codes;
  }

  /** Whether the codes are in groups. */
  boolean isWorthwhile() {
    return toCentre.length > 0;
  }

  /** Finds the codes, in their order, whose squared distance from the row is below the bound. */
  void find(Matrix encodings, int i) {
    int at = encodings.row(i);
    kernels.squaredDistances(encodings.data(), at, index.centres(), toCentre);
    int nearest = nearestCentre();
    count = 0;
    reach.clear();
    bound = reach.bound();
    below = reach.below();
    look(nearest, encodings.data(), at);
    float radius = radius();
    for (int g = 0; g < toCentre.length; g++) {
      float bound = radius + index.radius(g);
      if (!(NEARER * toCentre[g] > bound * bound) && g != nearest) {
        look(g, encodings.data(), at);
        radius = radius();
      }
    }
    keepThoseBelow();
  }

  private int nearestCentre() {
    int nearest = 0;
    float least = toCentre[0];
    for (int g = 1; g < toCentre.length; g++) {
      if (toCentre[g] < least) { // rarely: to jump is faster than to wait for what was least
        least = toCentre[g];
        nearest = g;
      }
    }
    return nearest;
  }

  private float radius() {
    return WIDER * (float) Math.sqrt(Math.max(below, LEAST));
  }

  private void look(int group, float[] encodings, int at) {
    kernels.squaredDistances(encodings, at, index.members(group), toMember);
    boolean reaches = false;
    for (int c = 0; c < CodeIndex.SIZE; c++) {
      if (toMember[c] < bound) {
        reach.add(toMember[c]);
        bound = reach.bound();
        reaches = true;
      }
    }
    below = reaches ? reach.below() : below;
    for (int c = 0; c < CodeIndex.SIZE; c++) {
      if (toMember[c] < below) {
        found[count] = toMember[c];
        codes[count++] = index.code(group, c);
      }
    }
  }

  /** Leaves those below the last bound, sorted: they are few. */
  private void keepThoseBelow() {
    int kept = 0;
    for (int c = 0; c < count; c++) {
      if (found[c] < below) {
        float squared = found[c];
        int code = codes[c];
        int at = kept++;
        for (; at > 0 && codes[at - 1] > code; at--) {
          codes[at] = codes[at - 1];
          found[at] = found[at - 1];
        }
        codes[at] = code;
        found[at] = squared;
      }
    }
    count = kept;
  }

  /** How many codes were found. */
  int count() {
    return count;
  }

  /** A code that was found. */
  int code(int at) {
    return codes[at];
  }

  /** Its squared distance. */
  float squared(int at) {
    return found[at];
  }
}
