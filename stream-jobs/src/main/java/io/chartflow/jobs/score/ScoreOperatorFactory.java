package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasFeed;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** What a {@link ScoreOperator} is made of, on its way to the tasks. */
final class ScoreOperatorFactory extends AbstractStreamOperatorFactory<KafkaMessage>
    implements OneInputStreamOperatorFactory<RawEvent, KafkaMessage> {

  private static final long serialVersionUID = 1L;

  private final ScoringConfig scoring;
  private final SchemaConfig schema;
  private final String densitiesTopic;
  private final String deadLettersTopic;
  private final EngineFactory engines;
  private final AtlasFeed atlases;
  private final byte @Nullable [] firstAtlas;

  /**
   * @param firstAtlas the newest version when the job was submitted, encoded, or null: without it
   *     the first events would race the atlas topic and come out as {@code NO_ATLAS}
   */
  ScoreOperatorFactory(
      ScoringConfig scoring,
      SchemaConfig schema,
      String densitiesTopic,
      String deadLettersTopic,
      EngineFactory engines,
      AtlasFeed atlases,
      byte @Nullable [] firstAtlas) {
    this.scoring = scoring;
    this.schema = schema;
    this.densitiesTopic = densitiesTopic;
    this.deadLettersTopic = deadLettersTopic;
    this.engines = engines;
    this.atlases = atlases;
    this.firstAtlas = firstAtlas;
  }

  @Override
  @SuppressWarnings("unchecked") // the interface asks for any operator of this output
  public <T extends StreamOperator<KafkaMessage>> T createStreamOperator(
      StreamOperatorParameters<KafkaMessage> parameters) {
    return (T) new ScoreOperator(parameters, this);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return ScoreOperator.class;
  }

  ScoringConfig scoring() {
    return scoring;
  }

  SchemaConfig schema() {
    return schema;
  }

  String densitiesTopic() {
    return densitiesTopic;
  }

  String deadLettersTopic() {
    return deadLettersTopic;
  }

  EngineFactory engines() {
    return engines;
  }

  AtlasFeed atlases() {
    return atlases;
  }

  byte @Nullable [] firstAtlas() {
    return firstAtlas;
  }
}
