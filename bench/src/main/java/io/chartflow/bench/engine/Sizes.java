package io.chartflow.bench.engine;

import java.util.List;

/**
 * What is raced beside the peers.
 *
 * @param shapes of the models
 * @param batches events of a step
 * @param threads of every contender
 * @param growth whether our own engine goes through growing sizes, or the two ends of K alone
 */
public record Sizes(
    List<Shape> shapes, List<Integer> batches, List<Integer> threads, boolean growth) {

  /** Everything. */
  public static final Sizes ALL =
      new Sizes(
          List.of(
              Shape.of(3, 64, 64),
              Shape.of(16, 128, 64),
              Shape.of(64, 256, 64),
              Shape.of(784, 512, 64)),
          List.of(64, 256, 1024, 4096),
          List.of(1, 2),
          true);

  /** What the targets name, on one thread. */
  public static final Sizes QUICK =
      new Sizes(
          List.of(Shape.of(3, 64, 64), Shape.of(64, 256, 64)),
          List.of(256, 1024),
          List.of(1),
          false);

  /** Copies the lists. */
  public Sizes {
    shapes = List.copyOf(shapes);
    batches = List.copyOf(batches);
    threads = List.copyOf(threads);
  }

  /** These sizes, with what is given in their place; an empty list leaves them. */
  public Sizes but(List<String> shapes, List<Integer> batches, List<Integer> threads) {
    requirePositive("--batches", batches);
    requirePositive("--threads", threads);
    return new Sizes(
        shapes.isEmpty() ? this.shapes : shapes.stream().map(Shape::parse).toList(),
        batches.isEmpty() ? this.batches : batches,
        threads.isEmpty() ? this.threads : threads,
        growth);
  }

  private static void requirePositive(String option, List<Integer> numbers) {
    for (int number : numbers) {
      if (number < 1) {
        throw new IllegalArgumentException(option + " must be at least 1, got " + number);
      }
    }
  }

  /** The batches of a shape: where an event is large, a step of 4,096 takes seconds. */
  List<Integer> batches(Shape shape) {
    int most = shape.dimension() > 100 ? 1024 : Integer.MAX_VALUE;
    return batches.stream().filter(batch -> batch <= most).toList();
  }
}
