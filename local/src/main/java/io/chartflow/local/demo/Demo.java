package io.chartflow.local.demo;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.local.audit.ReadBack;
import io.chartflow.local.produce.EventFeed;
import io.chartflow.local.produce.Pace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs everything in this process on a data set: broker, both jobs, monitor, producer, and a reader
 * of the output that holds it against the input. Ends when all events came out, or when {@link
 * #stop} is called.
 */
public final class Demo {

  /**
   * Events that the producer may be ahead of the slower job. Jobs report at checkpoints, so it has
   * to span what they do between two of them; more would only lie in Kafka.
   */
  static final long LEAD = 60_000;

  /** Share of the newest batch in the running mean that is shown. */
  private static final double NEWEST_SHARE = 0.1;

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** Two checkpoints and a bit: until then all that was written is visible. */
  private static final Duration AFTERWARDS = DemoStack.CHECKPOINTS.multipliedBy(5).dividedBy(2);

  private final DemoOptions options;
  private final ShortRun settings;
  private final ProgressDisplay display;
  private final long began = System.nanoTime();
  private volatile boolean stopping;

  /** A demo that has not begun; it tells its progress to {@code out}. */
  public Demo(DemoOptions options, PrintStream out, boolean terminal) {
    this.options = options;
    this.settings = ShortRun.of(DemoStack.settings(options), options.events(), options.charts());
    ProgressText text =
        new ProgressText(
            options.set().name() + " (" + options.set().dimension() + " features)",
            settings.config().model().charts().count());
    this.display = new ProgressDisplay(out, text, terminal && !options.headless());
  }

  /**
   * Runs until the end.
   *
   * @throws DemoFailure if nothing moves any more, or a part breaks
   */
  public DemoReport run() {
    announce();
    try (DemoStack stack = DemoStack.start(options, settings.config())) {
      ChartflowConfig config = stack.config();
      display.say("Kafka at " + config.kafka().bootstrapServers());
      display.say("Flink at " + stack.flinkPage());
      stack.monitorPage().ifPresent(page -> display.say("Monitor at " + page));
      return feedAndWatch(stack);
    }
  }

  /** Asks for an early end; {@link #run} returns soon, with what was done so far. */
  public void stop() {
    stopping = true;
  }

  private void announce() {
    display.say(
        "Starting Kafka, Flink and the train job for "
            + options.set().name()
            + (options.bounded() ? ", " + options.events() + " events" : ", until stopped"));
    if (!settings.changes().isEmpty()) {
      display.say("Settings derived from the length of the run:");
      settings.changes().forEach(change -> display.say("  " + change));
    }
  }

  private DemoReport feedAndWatch(DemoStack stack) {
    ChartflowConfig config = stack.config();
    AtomicLong allowed = new AtomicLong(LEAD);
    Pace pace = Pace.of(options.rate()).and(nanos -> allowed.get());
    EventFeed feed = new EventFeed(config, options.set(), options.seed(), options.events(), pace);
    try (feed;
        ReadBack output = new ReadBack(config);
        AtlasTail atlases = new AtlasTail(config)) {
      Duration startup = elapsed();
      feed.start();
      Speed speed = new Speed();
      Watch watch = new Watch(stack, feed, output, atlases);
      Progress last = watch.untilTheEnd(speed, allowed);
      Duration end = last.elapsed();
      if (last.complete()) {
        last = watch.afterwards(last);
      }
      output.close();
      Map<Integer, Long> ends = ReadBack.ends(config, config.topics().events());
      long missing = last.complete() ? output.ledger().missing(ends) : 0;
      Progress state = last.withOutput(output.state());
      long openings = stack.openings();
      return Reports.of(options, state, missing, openings, speed, startup, end.minus(startup));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Looks at all parts, again and again, until the end. */
  private final class Watch {

    private final DemoStack stack;
    private final EventFeed feed;
    private final ReadBack output;
    private long learned;
    private double logLikelihood = Double.NaN;
    private final AtlasTail atlases;
    private final StallWatch stalls = new StallWatch(options.patience());
    private boolean scoring;

    Watch(DemoStack stack, EventFeed feed, ReadBack output, AtlasTail atlases) {
      this.stack = stack;
      this.feed = feed;
      this.output = output;
      this.atlases = atlases;
    }

    Progress untilTheEnd(Speed speed, AtomicLong allowed) {
      while (true) {
        atlases.poll(LOOK_EVERY);
        if (!scoring && atlases.newest() != null) {
          display.say(
              "First atlas after " + ProgressText.clock(elapsed()) + ": starting the score job");
          stack.startScoring();
          scoring = true;
        }
        feed.check();
        Progress now = look();
        allowed.set((scoring ? now.finished() : now.learned()) + LEAD);
        speed.add(now.elapsed(), now.finished(), options.events());
        display.show(now, speed.recent(), stage(now));
        if (now.complete() || stopping) {
          return now;
        }
        Optional<String> stalled = stalls.observe(now);
        if (stalled.isPresent()) {
          throw new DemoFailure(stalled.get() + stack.failure().map(why -> "; " + why).orElse(""));
        }
      }
    }

    /** Waits for what is still under way: the last versions, and records that should not come. */
    Progress afterwards(Progress last) {
      long end = System.nanoTime() + AFTERWARDS.toNanos();
      while (System.nanoTime() < end) {
        atlases.poll(LOOK_EVERY);
      }
      return last.withAtlas(atlases.newest(), atlases.versions());
    }

    private Progress look() {
      // A task that restarts counts from its checkpoint on: what was learned was learned.
      learned = Math.max(learned, stack.learned());
      double newest = stack.logLikelihood();
      if (Double.isFinite(newest)) {
        logLikelihood =
            Double.isNaN(logLikelihood)
                ? newest
                : logLikelihood + NEWEST_SHARE * (newest - logLikelihood);
      }
      return new Progress(
          elapsed(),
          options.events(),
          feed.sent(),
          learned,
          settings.config().model().training().batch(),
          scoring,
          output.state(),
          atlases.newest(),
          atlases.versions(),
          logLikelihood,
          feed.truth());
    }

    private String stage(Progress now) {
      if (now.complete()) {
        return "complete";
      }
      return scoring
          ? "learning and scoring"
          : String.format(
              Locale.ROOT,
              "learning a first atlas, which takes about %,d events",
              settings.firstVersion());
    }
  }
}
