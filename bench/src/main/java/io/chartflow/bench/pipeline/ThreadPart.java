package io.chartflow.bench.pipeline;

import io.chartflow.connect.atlas.AtlasTopicFeed;
import io.chartflow.model.engine.JvmEngine;
import java.util.regex.Pattern;

/** For whom a thread works, by its name. */
enum ThreadPart {
  /** The embedded broker: requests, network, logs, controller. */
  BROKER("broker"),
  /** The task of the score job: decode, score, encode. */
  SCORE_TASK("score job: decode, score, encode"),
  /** The task of the train job, and the threads that learn with it: those that score have none. */
  TRAIN_TASK("train job"),
  /** The jobs' Kafka clients: fetchers of the sources, senders of the sinks. */
  JOB_CLIENTS("Kafka clients of the jobs"),
  /** The benchmark's own producer and reader, which a user has elsewhere. */
  BENCHMARK("producer and reader of the benchmark"),
  /** Flink's masters, timers, metrics, and all else. */
  REST("Flink beside the tasks, other"),
  /** Garbage collection, compilation, and threads that have ended. */
  VIRTUAL_MACHINE("garbage collection, compiler");

  /** Client id of the benchmark's own producer, by which its thread is known. */
  static final String CLIENT = "bench-feed";

  private static final Pattern BROKER_THREADS =
      Pattern.compile(
          "data-plane-.*|kafka-\\d+-.*|kafka-log-.*|kafka-scheduler.*|raft-.*|quorum-.*|controller-.*"
              + "|broker-.*|group-coordinator.*|transaction.*|Txn.*|ExpirationReaper.*|.*-reaper.*"
              + "|metadata-loader.*|log-.*|share-coordinator.*|[a-z-]*event-handler.*|Log.*");

  private final String text;

  ThreadPart(String text) {
    this.text = text;
  }

  /** As tables call it. */
  String text() {
    return text;
  }

  /** The part of a thread with this name. */
  static ThreadPart of(String name) {
    if (name.startsWith("bench-") || name.equals("main") || name.endsWith("| " + CLIENT)) {
      return BENCHMARK;
    }
    if (name.startsWith("Source Data Fetcher")
        || name.startsWith("kafka-producer-network")
        || name.equals(AtlasTopicFeed.THREAD)) {
      return JOB_CLIENTS;
    }
    if (name.contains("-> train") || name.equals(JvmEngine.THREAD)) {
      return TRAIN_TASK;
    }
    if (name.startsWith("Source:") || name.contains("score")) {
      return SCORE_TASK;
    }
    return BROKER_THREADS.matcher(name).matches() ? BROKER : REST;
  }
}
