package io.chartflow.bench.drift;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a world changes. */
public enum Scenario {
  /** The shape jumps by about its own radius. */
  SHIFT("the shape jumps aside by its radius"),
  /** One shape becomes two halves that lie apart. */
  SPLIT("one shape becomes two that lie apart"),
  /** One of two shapes is gone. */
  VANISH("one of two shapes is gone"),
  /** A second shape is there. */
  APPEAR("a second shape is there, with three events of ten"),
  /** The shape turns and wanders for ever, slowly. */
  SLOW("the shape turns once in 4,000,000 events and wanders"),
  /** The same, learned with a half-life. */
  SLOW_FORGETTING("the same, with `adaptation.halfLife: 200000`");

  private static final long HALF_LIFE = 200_000;
  private static final double APART = 6;

  private final String what;

  Scenario(String what) {
    this.what = what;
  }

  /** The name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens, for people. */
  public String what() {
    return what;
  }

  /** The world whose change is at this event. */
  World world(long change) {
    Part whole = Part.of("interlocked-circles", 1, 0, 0, 0);
    return switch (this) {
      case SHIFT ->
          new World(List.of(whole), List.of(Part.of("interlocked-circles", 1, 0, 4, 2)), change);
      case SPLIT ->
          new World(
              List.of(whole),
              List.of(
                  Part.of("interlocked-circles", 0.5, 0, -APART, 0),
                  Part.of("interlocked-circles", 0.5, 0, APART, 0)),
              change);
      case VANISH ->
          new World(
              List.of(
                  Part.of("interlocked-circles", 0.5, 0, -APART, 0),
                  Part.of("twisted-eight", 0.5, 0, APART, 0)),
              List.of(Part.of("interlocked-circles", 1, 0, -APART, 0)),
              change);
      case APPEAR ->
          new World(
              List.of(Part.of("interlocked-circles", 1, 0, -APART, 0)),
              List.of(
                  Part.of("interlocked-circles", 0.7, 0, -APART, 0),
                  Part.of("twisted-eight", 0.3, 0, APART, 0)),
              change);
      case SLOW, SLOW_FORGETTING -> {
        Part drifting = Part.of("drifting-fast", 1, 0, 0, 0);
        yield new World(List.of(drifting), List.of(drifting), Long.MAX_VALUE);
      }
    };
  }

  /** Whether there is one moment of change. */
  public boolean isAbrupt() {
    return this != SLOW && this != SLOW_FORGETTING;
  }

  /** The configuration that it is learned with. */
  AtlasConfig applyTo(AtlasConfig config) {
    AdaptationConfig usual = config.adaptation();
    return this != SLOW_FORGETTING
        ? config
        : config.withAdaptation(
            new AdaptationConfig(
                usual.driftThreshold(),
                HALF_LIFE,
                usual.replayEvents(),
                usual.replayShare(),
                usual.guard()));
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException naming those there are, if there is none
   */
  public static Scenario named(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scenarios must be some of "
                        + Arrays.stream(values())
                            .map(Scenario::text)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
