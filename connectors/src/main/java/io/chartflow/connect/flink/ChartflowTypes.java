package io.chartflow.connect.flink;

import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types that pass between operators, each with a serializer written by hand. */
public final class ChartflowTypes {

  /** Records as they lay in their topic. */
  public static final TypeInformation<RawEvent> RAW_EVENT =
      new ValueType<>(RawEvent.class, RawEventSerializer::new);

  /** Decoded events. */
  public static final TypeInformation<Event> EVENT =
      new ValueType<>(Event.class, EventSerializer::new);

  /** Messages on their way to a sink. */
  public static final TypeInformation<KafkaMessage> KAFKA_MESSAGE =
      new ValueType<>(KafkaMessage.class, KafkaMessageSerializer::new);

  private ChartflowTypes() {}
}
