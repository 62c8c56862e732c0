package io.chartflow.jobs;

import io.chartflow.connect.config.Durations;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a job.
 *
 * @param config the configuration file
 * @param awaitAtlas how long to wait for a first atlas version before the job is submitted; null
 *     for not at all
 */
public record JobArguments(Path config, @Nullable Duration awaitAtlas) {

  /** How long a bare {@code --await-atlas} waits. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

  private static final String CONFIG = "--config";
  private static final String AWAIT_ATLAS = "--await-atlas";

  /**
   * Reads {@code --config FILE} or {@code --config=FILE}, and {@code --await-atlas[=DURATION]}
   * where {@code usage} knows of it.
   *
   * @throws IllegalArgumentException saying what was not understood, and the usage
   */
  public static JobArguments parse(String usage, String[] args) {
    @Nullable Path config = null;
    @Nullable Duration awaitAtlas = null;
    for (int i = 0; i < args.length; i++) {
      String argument = args[i];
      if (argument.equals(CONFIG) && i + 1 < args.length) {
        config = Path.of(args[++i]);
      } else if (argument.startsWith(CONFIG + "=")) {
        config = Path.of(argument.substring(CONFIG.length() + 1));
      } else if (argument.equals(AWAIT_ATLAS) && usage.contains(AWAIT_ATLAS)) {
        awaitAtlas = DEFAULT_PATIENCE;
      } else if (argument.startsWith(AWAIT_ATLAS + "=") && usage.contains(AWAIT_ATLAS)) {
        awaitAtlas = patience(usage, argument.substring(AWAIT_ATLAS.length() + 1));
      } else {
        throw new IllegalArgumentException("not understood: " + argument + "\n" + usage);
      }
    }
    if (config == null) {
      throw new IllegalArgumentException("--config is missing\n" + usage);
    }
    return new JobArguments(config, awaitAtlas);
  }

  private static Duration patience(String usage, String text) {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    AWAIT_ATLAS + " must be " + Durations.RULE + ", got " + text + "\n" + usage));
  }
}
