package io.chartflow.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Shows progress: one block that is drawn again on a terminal, a line now and then without one. */
final class ProgressDisplay {

  private static final Duration LINE_EVERY = Duration.ofSeconds(2);

  private final PrintStream out;
  private final ProgressText text;
  private final boolean redraws;
  private int drawn;
  private Duration lastLine = Duration.ofSeconds(-60);

  ProgressDisplay(PrintStream out, ProgressText text, boolean redraws) {
    this.out = out;
    this.text = text;
    this.redraws = redraws;
  }

  /** Shows where things stand. */
  void show(Progress progress, double eventsPerSecond, String stage) {
    if (redraws) {
      draw(text.block(progress, eventsPerSecond, stage));
    } else if (progress.elapsed().minus(lastLine).compareTo(LINE_EVERY) >= 0) {
      lastLine = progress.elapsed();
      out.println(text.line(progress, eventsPerSecond, stage));
    }
  }

  /** Prints a line that stays. */
  void say(String line) {
    erase();
    out.println(line);
  }

  private void draw(List<String> lines) {
    erase();
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
  }

  /** Moves up to where the block began and clears everything below. */
  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }
}
