package io.chartflow.local.produce;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.EventSource;
import io.chartflow.local.data.TrueDensity;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of a data set in the schema's format, each exactly once (idempotent producer),
 * in runs of {@value #RUN} to one partition after the other. Equal seeds and partitions give equal
 * topics. Runs as a thread of its own; the counts may be asked from others.
 */
public final class EventFeed implements Runnable, AutoCloseable {

  /** Events in a row to one partition: long enough to batch, short enough to spread evenly. */
  static final int RUN = 64;

  /** One event in so many is asked for its true density, which can cost more than to send it. */
  private static final int TRUTH_EVERY = 32;

  /** The share of the newest true log-density in its running mean. */
  private static final double TRUTH_SHARE = 1e-3;

  private static final long PAUSE_NANOS = 1_000_000;

  private final ChartflowConfig config;
  private final DataSet set;
  private final long seed;
  private final long events;
  private final Pace pace;
  private final Thread thread = new Thread(this, "chartflow-producer");
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile double truth = Double.NaN;
  private volatile boolean done;
  private volatile boolean stopping;
  private volatile @Nullable Exception failure;

  /**
   * A feed that has not begun.
   *
   * @param events how many to send; 0 sends until closed
   */
  public EventFeed(ChartflowConfig config, DataSet set, long seed, long events, Pace pace) {
    this.config = config;
    this.set = set;
    this.seed = seed;
    this.events = events;
    this.pace = pace;
  }

  /** Begins to send. */
  public EventFeed start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try (EventSource source = set.events(seed);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      send(source, producer);
      producer.flush();
      done = failure == null && !stopping;
    } catch (InterruptException e) {
      if (!stopping) {
        failure = e;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Events that Kafka has acknowledged. */
  public long sent() {
    return acknowledged.get();
  }

  /** Whether all events were sent and acknowledged. */
  public boolean done() {
    return done;
  }

  /** Whether the thread has ended, be it done or failed. */
  public boolean ended() {
    return !thread.isAlive();
  }

  /** Running mean of the true log-density of the last events, NaN where it is not known. */
  public double truth() {
    return truth;
  }

  /**
   * @throws IllegalArgumentException if the data set could not be read
   * @throws IllegalStateException if sending failed
   */
  public void check() {
    Exception failed = failure;
    if (failed instanceof IllegalArgumentException badInput) {
      throw badInput;
    }
    if (failed != null) {
      throw new IllegalStateException(
          "sending to " + config.topics().events() + " failed: " + failed.getMessage(), failed);
    }
  }

  /** Stops sending and waits for what was sent. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(EventSource source, KafkaProducer<byte[], byte[]> producer) {
    String topic = config.topics().events();
    int partitions = producer.partitionsFor(topic).size();
    EventBytes values = EventBytes.of(config.schema(), set);
    Truth truths = new Truth();
    long began = System.nanoTime();
    for (long i = 0; (events == 0 || i < events) && failure == null; i++) {
      while (i >= pace.allowed(System.nanoTime() - began) && !stopping) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      if (stopping) {
        return;
      }
      source.next();
      truths.add(source, i);
      int partition = (int) (i / RUN % partitions);
      send(producer, new ProducerRecord<>(topic, partition, null, null, values.bytes(source)));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told what the future is
  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record, this::acknowledge);
  }

  private void acknowledge(RecordMetadata where, @Nullable Exception failed) {
    if (failed == null) {
      acknowledged.incrementAndGet();
    } else if (failure == null) {
      failure = failed;
    }
  }

  private Properties properties() {
    Properties properties = KafkaClients.producerProperties(config);
    properties.putIfAbsent("linger.ms", "5");
    properties.putIfAbsent("batch.size", Integer.toString(64 << 10));
    return properties;
  }

  /** Keeps the running mean of the true log-density. */
  private final class Truth {

    private final @Nullable TrueDensity density = set.truth().orElse(null);
    private final double[] event = new double[set.dimension()];
    private long count;

    void add(EventSource source, long i) {
      if (density == null || i % TRUTH_EVERY != 0) {
        return;
      }
      source.copyTo(event);
      double value = density.logDensity(event, source.index());
      if (Double.isFinite(value)) {
        double share = Math.max(TRUTH_SHARE, 1.0 / ++count);
        truth = count == 1 ? value : truth + share * (value - truth);
      }
    }
  }
}
