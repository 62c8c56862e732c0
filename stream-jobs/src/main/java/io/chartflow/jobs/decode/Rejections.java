package io.chartflow.jobs.decode;

import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.RejectReason;
import io.chartflow.connect.meter.Meter;
import io.chartflow.jobs.FlinkMeters;
import io.chartflow.jobs.NowAndThen;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what did not decode, by reason, and logs it now and then. */
public final class Rejections {

  private static final Logger LOGGER = LoggerFactory.getLogger(Rejections.class);

  private final Map<RejectReason, Counter> rejected;
  private final NowAndThen lines = new NowAndThen();

  /**
   * @param meter that counts, with the reason as its tag
   */
  public Rejections(Meter meter, MetricGroup group) {
    rejected = new FlinkMeters(group).counters(meter, RejectReason.class);
  }

  /** Notes one; {@code nowMillis} is the time by which lines are rare. */
  public void note(DeadLetter letter, long nowMillis) {
    Objects.requireNonNull(rejected.get(letter.reason())).inc();
    long untold = lines.untoldAt(nowMillis);
    if (untold > 0) {
      LOGGER.warn(
          "{} ({}); {} bad records since the last such line",
          letter.message(),
          letter.reason(),
          untold);
    }
  }
}
