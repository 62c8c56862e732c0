package io.chartflow.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Scores every event again with the version that its record names: same bits, whoever scores. */
final class Rescoring {

  private final ChartflowConfig config;
  private final Atlases atlases;
  private final Map<String, Event> events = new HashMap<>();
  private final Map<Long, AtlasScorer> scorers = new HashMap<>();

  Rescoring(ChartflowConfig config, Atlases atlases) {
    this.config = config;
    this.atlases = atlases;
  }

  void agreesWith(Densities densities) {
    readEvents(densities.records().size());
    ScoreBatch scores = new ScoreBatch();
    for (DensityRecord record : densities.scored()) {
      String position = record.topic() + "-" + record.partition() + "@" + record.offset();
      Event event = Objects.requireNonNull(events.get(position), position);
      AtlasScorer scorer = scorers.computeIfAbsent(Densities.version(record), this::scorerOf);
      scorer.score(EventBatch.of(event.values().length, event.values()), scores);
      assertThat(record.logDensity())
          .as("%s by version %s", position, record.atlasVersion())
          .isEqualTo(scores.logDensity(0));
      assertThat(record.chart()).as("chart of %s", position).isEqualTo(scores.chart(0));
    }
    scorers.values().forEach(AtlasScorer::close);
  }

  private AtlasScorer scorerOf(long version) {
    Atlas atlas =
        atlases
            .version(version)
            .orElseThrow(() -> new AssertionError("nobody published version " + version));
    return new JvmEngine().scorer(atlas, config.scoring().sum());
  }

  private void readEvents(int count) {
    EventDecoder decoder = new EventDecoder(config.schema());
    Topic topic = new Topic(config, config.topics().events());
    for (ConsumerRecord<byte[], byte[]> record : topic.readExactly(count, Scenarios.PATIENCE)) {
      RawEvent raw =
          new RawEvent(
              record.topic(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.key(),
              record.value());
      Event event = decoder.decode(raw).event();
      if (event != null) {
        events.put(raw.position(), event);
      }
    }
  }
}
