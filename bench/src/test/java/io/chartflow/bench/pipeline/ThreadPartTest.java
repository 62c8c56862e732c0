package io.chartflow.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadPartTest {

  @ParameterizedTest
  @CsvSource({
    "score -> densities: Writer -> densities: Committer (1/1)#0, SCORE_TASK",
    "Source: events -> decode -> dead-letters: Writer (1/1)#0, SCORE_TASK",
    "Source: events -> decode -> train -> atlas: Writer -> atlas: Committer (1/1)#0, TRAIN_TASK",
    "chartflow-engine, TRAIN_TASK",
    "Source Data Fetcher for Source: events -> decode (1/1)#0, JOB_CLIENTS",
    "kafka-producer-network-thread | producer-33, JOB_CLIENTS",
    "kafka-producer-network-thread | bench-feed, BENCHMARK",
    "bench-reader, BENCHMARK",
    "main, BENCHMARK",
    "data-plane-kafka-request-handler-1, BROKER",
    "kafka-1-raft-io-thread, BROKER",
    "kafka-scheduler-0, BROKER",
    "group-coordinator-event-processor-3, BROKER",
    "flink-pekko.actor.default-dispatcher-7, REST"
  })
  void aThreadsNameSaysForWhomItWorks(String name, ThreadPart part) {
    assertThat(ThreadPart.of(name)).isEqualTo(part);
  }
}
