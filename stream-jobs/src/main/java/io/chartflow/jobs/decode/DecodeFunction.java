package io.chartflow.jobs.decode;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.meter.MeterNames;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records for the train job. One that does not decode is counted and dropped: the score job
 * reads it too, and writes the dead letter.
 */
public final class DecodeFunction extends ProcessFunction<RawEvent, Event> {

  private static final long serialVersionUID = 1L;

  private final SchemaConfig schema;

  private transient @Nullable EventDecoder decoder;
  private transient @Nullable Rejections rejections;

  /** Decodes records of this schema. */
  public DecodeFunction(SchemaConfig schema) {
    this.schema = schema;
  }

  @Override
  public void open(OpenContext context) {
    decoder = new EventDecoder(schema);
    rejections =
        new Rejections(MeterNames.TRAINER_DEAD_LETTERS, getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawEvent raw, Context context, Collector<Event> out) {
    if (decoder == null || rejections == null) {
      throw new IllegalStateException("the function was not opened");
    }
    Decoded decoded = decoder.decode(raw);
    if (decoded.event() != null) {
      out.collect(decoded.event());
    }
    if (decoded.deadLetter() != null) {
      rejections.note(decoded.deadLetter(), context.timerService().currentProcessingTime());
    }
  }
}
