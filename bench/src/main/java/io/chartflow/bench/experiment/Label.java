package io.chartflow.bench.experiment;

/**
 * One way in which runs of an experiment differ.
 *
 * @param name for instance {@code model}
 * @param value for instance {@code realnvp}
 */
public record Label(String name, String value) {

  /** The label of the repetitions that are summed up. */
  public static final String SEED = "seed";
}
