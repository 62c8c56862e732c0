package io.chartflow.local.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Notices that nothing moves any more, and says which stage stands still. */
final class StallWatch {

  private final Duration patience;
  private Duration lastMoved = Duration.ZERO;
  private long lastMovement = -1;

  StallWatch(Duration patience) {
    this.patience = patience;
  }

  /** Looks at the progress of now; a diagnosis once nothing has moved for longer than allowed. */
  Optional<String> observe(Progress progress) {
    if (progress.movement() != lastMovement) {
      lastMovement = progress.movement();
      lastMoved = progress.elapsed();
      return Optional.empty();
    }
    Duration still = progress.elapsed().minus(lastMoved);
    return still.compareTo(patience) < 0
        ? Optional.empty()
        : Optional.of("nothing has moved for " + still.toSeconds() + " s: " + diagnosis(progress));
  }

  /** The first stage of the line that has not done what the stage before it did. */
  static String diagnosis(Progress p) {
    if (p.sent() == 0) {
      return "the producer has sent no event";
    }
    if (p.learned() == 0) {
      return count("the train job has read none of %,d events sent", p.sent());
    }
    if (p.versions() == 0) {
      return p.learned() < p.sent()
          ? count("the train job stands still at event %,d of %,d", p.learned(), p.sent())
          : count(
              "the train job has learned from all %,d events and published no version;"
                  + " it may need more events for a first one",
              p.sent());
    }
    if (p.out() == 0) {
      return "the score job has an atlas and has written no density";
    }
    if (p.out() < p.sent() && p.out() <= p.learned()) {
      return count("the score job stands still at event %,d of %,d", p.out(), p.sent());
    }
    if (p.learned() < p.sent()) {
      return count("the train job stands still at event %,d of %,d", p.learned(), p.sent());
    }
    return count("the producer stands still at event %,d of %,d", p.sent(), p.target());
  }

  private static String count(String text, Object... counts) {
    return String.format(Locale.ROOT, text, counts);
  }
}
