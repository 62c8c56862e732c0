package io.chartflow.jobs.decode;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.event.RejectReason;
import io.chartflow.connect.flink.ChartflowTypes;
import io.chartflow.connect.meter.Meter;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.connect.topic.DeadLetters;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.FlinkMeters;
import io.chartflow.jobs.NowAndThen;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records. One that does not decode is counted by reason, logged now and then, and, where
 * there is a topic for it, sent to {@link #DEAD_LETTERS}.
 */
public final class DecodeFunction extends ProcessFunction<RawEvent, Event> {

  /** Side output: what did not decode, as messages of the dead-letter topic. */
  public static final OutputTag<KafkaMessage> DEAD_LETTERS =
      new OutputTag<>("dead-letters", ChartflowTypes.KAFKA_MESSAGE);

  private static final long serialVersionUID = 1L;

  private static final Logger LOGGER = LoggerFactory.getLogger(DecodeFunction.class);

  private final SchemaConfig schema;
  private final @Nullable String deadLetterTopic;
  private final Meter meter;

  private transient @Nullable EventDecoder decoder;
  private transient @Nullable Map<RejectReason, Counter> rejected;
  private transient @Nullable NowAndThen lines;

  private DecodeFunction(SchemaConfig schema, @Nullable String deadLetterTopic, Meter meter) {
    this.schema = schema;
    this.deadLetterTopic = deadLetterTopic;
    this.meter = meter;
  }

  /** Sends bad records to the dead letters. */
  public static DecodeFunction withDeadLetters(SchemaConfig schema, String deadLetterTopic) {
    return new DecodeFunction(schema, deadLetterTopic, MeterNames.SCORER_DEAD_LETTERS);
  }

  /** Counts bad records and drops them, since another job writes the dead letters. */
  public static DecodeFunction countingBadRecords(SchemaConfig schema) {
    return new DecodeFunction(schema, null, MeterNames.TRAINER_DEAD_LETTERS);
  }

  @Override
  public void open(OpenContext context) {
    decoder = new EventDecoder(schema);
    lines = new NowAndThen();
    rejected =
        new FlinkMeters(getRuntimeContext().getMetricGroup()).counters(meter, RejectReason.class);
  }

  @Override
  public void processElement(RawEvent raw, Context context, Collector<Event> out) {
    if (decoder == null) {
      throw new IllegalStateException("the function was not opened");
    }
    Decoded decoded = decoder.decode(raw);
    if (decoded.event() != null) {
      out.collect(decoded.event());
    }
    if (decoded.deadLetter() != null) {
      reject(decoded.deadLetter(), context);
    }
  }

  private void reject(DeadLetter letter, Context context) {
    if (rejected == null || lines == null) {
      throw new IllegalStateException("the function was not opened");
    }
    Objects.requireNonNull(rejected.get(letter.reason())).inc();
    long untold = lines.untoldAt(context.timerService().currentProcessingTime());
    if (untold > 0) {
      LOGGER.warn(
          "{} ({}); {} bad records since the last such line",
          letter.message(),
          letter.reason(),
          untold);
    }
    if (deadLetterTopic != null) {
      context.output(DEAD_LETTERS, DeadLetters.toMessage(letter, deadLetterTopic));
    }
  }
}
