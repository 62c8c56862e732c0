package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The producer of the benchmark: all at once, or by a schedule that waits for nobody. */
final class Feed {

  /** Events in a row to one partition, as {@code chartflow produce} does it. */
  private static final int RUN = 64;

  /** How often the schedule is looked at; what is due then is sent. */
  private static final long LOOK_NANOS = 200_000;

  private final ChartflowConfig config;
  private final Written events;

  Feed(ChartflowConfig config, Written events) {
    this.config = config;
    this.events = events;
  }

  /** The largest number up to {@code events} of which every partition holds as many. */
  static long wholeRounds(ChartflowConfig config, double events) {
    long round = (long) RUN * config.topics().partitions();
    return (long) (events / round) * round;
  }

  /** Writes every event and returns when Kafka has them. */
  void preload() {
    Properties properties = KafkaClients.producerProperties(config);
    properties.put("client.id", ThreadPart.CLIENT);
    properties.put("linger.ms", "20");
    properties.put("batch.size", Integer.toString(256 << 10));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
      for (int i = 0; i < events.count(); i++) {
        send(producer, i, key(i));
      }
      producer.flush();
    }
  }

  /**
   * Sends events at a rate, in an open loop: event {@code i} is due at {@code i / rate} seconds,
   * whatever became of those before, and its key is that time on {@link System#nanoTime}, so a
   * producer that is late is counted as delay.
   *
   * @return events that were sent
   */
  long paced(double eventsPerSecond, Duration time) {
    Properties properties = KafkaClients.producerProperties(config);
    properties.put("client.id", ThreadPart.CLIENT);
    properties.put("linger.ms", "1");
    long count = (long) (eventsPerSecond * (time.toNanos() / 1e9));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
      long began = System.nanoTime();
      for (long i = 0; i < count; i++) {
        long due = began + (long) (i / eventsPerSecond * 1e9);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        send(producer, i, key(due));
      }
      producer.flush();
    }
    return count;
  }

  private void send(KafkaProducer<byte[], byte[]> producer, long i, byte[] key) {
    int partition = (int) (i / RUN % config.topics().partitions());
    send(producer, new ProducerRecord<>(config.topics().events(), partition, key, events.value(i)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a record that is lost is missed by the reader
  static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  private static byte[] key(long nanos) {
    return ByteBuffer.allocate(Long.BYTES).putLong(nanos).array();
  }
}
