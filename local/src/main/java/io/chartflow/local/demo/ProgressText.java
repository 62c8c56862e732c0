package io.chartflow.local.demo;

import io.chartflow.model.atlas.AtlasManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress as text, a block for a terminal and a line for a log. */
final class ProgressText {

  private final String title;
  private final int charts;

  /** Texts of a demo with this title and number of charts. */
  ProgressText(String title, int charts) {
    this.title = title;
    this.charts = charts;
  }

  /** The block that a terminal shows. */
  List<String> block(Progress p, double eventsPerSecond, String stage) {
    List<String> lines = new ArrayList<>();
    lines.add("chartflow demo · " + title + " · " + clock(p.elapsed()) + " · " + stage);
    lines.add(row("events in", format("%,d%s", p.sent(), of(p.target()))));
    lines.add(row("learned", format("%,d", p.learned())));
    lines.add(
        row("scored", format("%,d   %,.0f events/s%s", p.out(), eventsPerSecond, exactlyOnce(p))));
    lines.add(row("log-likelihood", likelihood(p)));
    lines.add(row("atlas", atlas(p)));
    lines.add(row("dead letters", format("%,d", p.output().deadLetters())));
    return lines;
  }

  /** The line that a log shows. */
  String line(Progress p, double eventsPerSecond, String stage) {
    return format(
        "%s  in %,d%s  learned %,d  scored %,d  %,.0f/s  %s  %s  dead letters %,d%s  [%s]",
        clock(p.elapsed()),
        p.sent(),
        of(p.target()),
        p.learned(),
        p.out(),
        eventsPerSecond,
        likelihood(p),
        atlas(p),
        p.output().deadLetters(),
        exactlyOnce(p),
        stage);
  }

  static String clock(Duration elapsed) {
    long seconds = elapsed.toSeconds();
    return seconds < 3600
        ? format("%02d:%02d", seconds / 60, seconds % 60)
        : format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String row(String name, String value) {
    return format("  %-15s %s", name, value);
  }

  private static String of(long target) {
    return target == 0 ? "" : format(" of %,d", target);
  }

  private static String exactlyOnce(Progress p) {
    long twice = p.output().duplicates();
    return twice == 0 ? "" : format("   %,d CAME TWICE", twice);
  }

  private static String likelihood(Progress p) {
    double model = p.logLikelihood();
    String shown = Double.isNaN(model) ? "no likelihood yet" : format("%.3f nats", model);
    return Double.isNaN(p.truth()) ? shown : shown + format(" (truth %.3f)", p.truth());
  }

  private String atlas(Progress p) {
    AtlasManifest atlas = p.atlas();
    return atlas == null
        ? "no version yet"
        : format("version %d, %d of %d charts", atlas.version(), atlas.usedCharts(), charts);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
