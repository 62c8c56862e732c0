package io.chartflow.connect.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A consumer with a thread of its own, a daemon, that reads partitions from their first record on
 * until it is closed. The consumer is then closed too, by that thread.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class ConsumerThread<K, V> implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final org.apache.kafka.clients.consumer.Consumer<K, V> consumer;
  private final List<TopicPartition> partitions;
  private final Consumer<ConsumerRecords<K, V>> taker;
  private final Consumer<RuntimeException> failed;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closing;

  private ConsumerThread(
      String name,
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecords<K, V>> taker,
      Consumer<RuntimeException> failed) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
    this.taker = taker;
    this.failed = failed;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Begins to read.
   *
   * @param name of the thread
   * @param consumer nobody else's from now on
   * @param taker takes what every poll brought, be it nothing, on the thread
   * @param failed takes why no more will come, on the thread; nothing after {@link #close}
   */
  public static <K, V> ConsumerThread<K, V> start(
      String name,
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecords<K, V>> taker,
      Consumer<RuntimeException> failed) {
    ConsumerThread<K, V> started = new ConsumerThread<>(name, consumer, partitions, taker, failed);
    started.thread.start();
    return started;
  }

  /** The same where {@link #check} tells a failure. */
  public static <K, V> ConsumerThread<K, V> start(
      String name,
      org.apache.kafka.clients.consumer.Consumer<K, V> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecords<K, V>> taker) {
    return start(name, consumer, partitions, taker, failure -> {});
  }

  /** The partitions that these topics have, which a consumer may look up before it is started. */
  public static List<TopicPartition> partitions(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, String... topics) {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo each : consumer.partitionsFor(topic)) {
        found.add(new TopicPartition(topic, each.partition()));
      }
    }
    return found;
  }

  /**
   * @throws IllegalStateException if reading has failed
   */
  public void check() {
    RuntimeException why = failure;
    if (why != null) {
      throw new IllegalStateException(thread.getName() + " failed: " + why, why);
    }
  }

  /**
   * Ends the thread and waits for it, some seconds at most. What it took can be read after this.
   */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        taker.accept(consumer.poll(POLL));
      }
    } catch (RuntimeException e) { // closing wakes it by one
      if (!closing) {
        failure = e;
        failed.accept(e);
      }
    }
  }
}
