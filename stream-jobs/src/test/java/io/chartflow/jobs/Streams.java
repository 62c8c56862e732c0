package io.chartflow.jobs;

import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.ChartflowTypes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Bounded streams of events that move on only when checkpoints complete. */
public final class Streams {

  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  private Streams() {}

  /** Records {@code 0} to {@code count - 1} of a generator, so many for each checkpoint. */
  public static DataStream<RawEvent> records(
      StreamExecutionEnvironment env,
      GeneratorFunction<Long, RawEvent> generator,
      long count,
      int perCheckpoint) {
    DataGeneratorSource<RawEvent> source =
        new DataGeneratorSource<>(
            generator,
            count,
            RateLimiterStrategy.perCheckpoint(perCheckpoint),
            ChartflowTypes.RAW_EVENT);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "events").uid("events");
  }

  /** The stream, in which the record of that partition and offset fails its job once. */
  public static DataStream<RawEvent> failingOnceAt(
      DataStream<RawEvent> records, int partition, long offset) {
    return records
        .map(new FailingOnce(UUID.randomUUID().toString(), partition, offset))
        .returns(ChartflowTypes.RAW_EVENT)
        .name("fails once")
        .uid("fails once")
        .setParallelism(records.getParallelism());
  }

  private record FailingOnce(String id, int partition, long offset)
      implements MapFunction<RawEvent, RawEvent> {

    @Override
    public RawEvent map(RawEvent record) {
      if (record.partition() == partition && record.offset() == offset && FAILED.add(id)) {
        throw new IllegalStateException("killed on purpose at " + record.position());
      }
      return record;
    }
  }
}
