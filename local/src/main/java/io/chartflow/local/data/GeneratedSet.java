package io.chartflow.local.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A data set of fresh draws; its features are {@code x, y, z} or {@code x, y}. */
final class GeneratedSet implements DataSet {

  /** Any constant that is far from the golden ratio, by which the generator steps. */
  private static final long HELD_OUT = 0x5851F42D4C957F2DL;

  private final String name;
  private final Generator generator;
  private final double mean;
  private final List<DataField> fields;

  /**
   * @param mean of the log-density over draws
   */
  GeneratedSet(String name, Generator generator, double mean) {
    this.name = name;
    this.mean = mean;
    this.generator = generator;
    this.fields =
        IntStream.range(0, generator.dimension())
            .mapToObj(j -> DataField.continuous(String.valueOf((char) ('x' + j))))
            .toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<DataField> fields() {
    return fields;
  }

  @Override
  public EventSource events(long seed) {
    return new Draws(seed, 0);
  }

  @Override
  public EventSource heldOut(long seed, long after) {
    return new Draws(heldOutSeed(seed), after);
  }

  /**
   * Far from every training seed. A {@link SplittableRandom} steps by the golden ratio, so seeds
   * that lie that far apart draw one sequence, shifted: held-out events would be training events.
   * Hence the seed is scrambled as that generator scrambles its outputs (variant 13 of Stafford).
   */
  private static long heldOutSeed(long seed) {
    long z = seed + HELD_OUT;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public long trainingEvents() {
    return Long.MAX_VALUE;
  }

  @Override
  public long heldOutEvents() {
    return Long.MAX_VALUE;
  }

  @Override
  public Optional<TrueDensity> truth() {
    return Optional.of(generator);
  }

  @Override
  public OptionalDouble trueLogLikelihood() {
    return OptionalDouble.of(mean);
  }

  /** Fresh draws, one after the other. */
  private final class Draws implements EventSource {

    private final SplittableRandom random;
    private final double[] event = new double[generator.dimension()];
    private long index;

    Draws(long seed, long first) {
      this.random = new SplittableRandom(seed);
      this.index = first - 1;
    }

    @Override
    public void next() {
      index++;
      generator.draw(random, index, event);
    }

    @Override
    public long index() {
      return index;
    }

    @Override
    public double value(int field) {
      return event[field];
    }

    @Override
    public String json(int field) {
      return Double.toString(event[field]);
    }

    @Override
    public void copyTo(double[] target) {
      System.arraycopy(event, 0, target, 0, event.length);
    }

    @Override
    public void close() {}
  }
}
