package io.chartflow.jobs;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.event.Decoded;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.KafkaMessageSerializer;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.PublishRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A small model that learns in milliseconds, and events on a circle, two partitions of them. */
public final class Samples {

  /** Events of a step. */
  public static final int BATCH = 16;

  /** Events until the model is ready to publish: 32 for the standardiser, then 3 steps. */
  public static final int READY = 32 + 3 * BATCH;

  public static final SchemaConfig SCHEMA = SchemaConfig.ofNames("x", "y");

  public static final AtlasConfig MODEL =
      new AtlasConfig(
          2,
          new ChartsConfig(4, 2, 0.1),
          new QuantizerConfig(2, 8, 0.25, 0.9),
          FlowConfig.realNvp(2, 8, 3.0),
          new TrainingConfig(BATCH, 32, 5e-3, 300, 0.9, 5.0, 1e-3, 10, 0.02, 2),
          7L);

  /** Harnesses would copy messages by Kryo otherwise. */
  public static final TypeSerializer<KafkaMessage> MESSAGES = new KafkaMessageSerializer();

  private Samples() {}

  /** A version for every 160 events, three kept; batches of 8; no warm-up; quick checkpoints. */
  public static ChartflowConfig config() {
    return ChartflowConfig.of("127.0.0.1:1", SCHEMA)
        .withModel(MODEL)
        .withPublishing(new PublishingConfig(160, Duration.ofHours(1), 3))
        .withScoring(
            new ScoringConfig(ScoringConfig.DEFAULTS.sum(), 8, ScoringConfig.DEFAULTS.delay(), 0))
        .withFlink(new FlinkConfig(Duration.ofMillis(50), null, 1));
  }

  /** The i-th event of the stream: partitions take turns. */
  public static RawEvent raw(long i) {
    Random random = new Random(31 * i + 17);
    double angle = 2 * Math.PI * random.nextDouble();
    String json =
        "{\"x\":"
            + (3 * Math.cos(angle) + 0.1 * random.nextGaussian())
            + ",\"y\":"
            + (3 * Math.sin(angle) + 0.1 * random.nextGaussian())
            + "}";
    return raw(i, json);
  }

  /** A record with this text in the place of the i-th event. */
  public static RawEvent raw(long i, String text) {
    return new RawEvent(
        "events",
        (int) (i % 2),
        i / 2,
        1_000 + i,
        ("key-" + i).getBytes(StandardCharsets.UTF_8),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The i-th event, decoded. */
  public static Event event(long i) {
    Decoded decoded = new EventDecoder(SCHEMA).decode(raw(i));
    return Objects.requireNonNull(decoded.event());
  }

  /** The first events, decoded. */
  public static Stream<Event> events(long count) {
    return LongStream.range(0, count).mapToObj(Samples::event);
  }

  /** A version that has learned from the first 160 events. */
  public static Atlas atlas(long version) {
    return atlas(version, MODEL);
  }

  /** The same of another model. */
  public static Atlas atlas(long version, AtlasConfig model) {
    return atlas(version, model, 160);
  }

  /** The same from this many events, of which it knows the first 160. */
  public static Atlas atlas(long version, AtlasConfig model, long events) {
    try (AtlasTrainer trainer = new JvmEngine().trainer(model)) {
      EventBatch batch = new EventBatch(BATCH, model.dimension());
      for (long i = 0; i < events; i++) {
        double[] values = new double[Math.max(2, model.dimension())];
        System.arraycopy(event(i).values(), 0, values, 0, 2);
        batch.add(values, 0);
        if (batch.isFull()) {
          trainer.train(batch);
          batch.clear();
        }
      }
      SortedMap<String, Long> positions = new TreeMap<>();
      positions.put("events-0", 80L);
      positions.put("events-1", 80L);
      return trainer
          .publish(new PublishRequest(version, version - 1, positions, 1_159))
          .orElseThrow();
    }
  }
}
