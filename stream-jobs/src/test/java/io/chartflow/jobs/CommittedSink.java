package io.chartflow.jobs;

import io.chartflow.connect.flink.KafkaMessageSerializer;
import io.chartflow.connect.topic.KafkaMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Stands for Kafka's exactly-once sink: messages are seen when the checkpoint that contains them is
 * complete, and a transaction that is committed twice counts once.
 */
public final class CommittedSink
    implements Sink<KafkaMessage>, SupportsCommitter<CommittedSink.Transaction> {

  private static final long serialVersionUID = 1L;

  private static final Map<String, Map<String, Transaction>> COMMITTED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  /** What was written between two checkpoints. */
  record Transaction(String id, List<KafkaMessage> messages) {}

  /** All messages that were committed so far, in the order of their commits. */
  public List<KafkaMessage> messages() {
    Map<String, Transaction> mine = mine(id);
    synchronized (mine) {
      return mine.values().stream().flatMap(t -> t.messages().stream()).toList();
    }
  }

  private static Map<String, Transaction> mine(String id) {
    return COMMITTED.computeIfAbsent(id, key -> new LinkedHashMap<>());
  }

  @Override
  public SinkWriter<KafkaMessage> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<Transaction> createCommitter(CommitterInitContext context) {
    return new Committer<>() {
      @Override
      public void commit(Collection<CommitRequest<Transaction>> requests) {
        Map<String, Transaction> mine = mine(id);
        synchronized (mine) {
          for (CommitRequest<Transaction> request : requests) {
            Transaction transaction = request.getCommittable();
            if (mine.putIfAbsent(transaction.id(), transaction) != null) {
              request.signalAlreadyCommitted();
            }
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SimpleVersionedSerializer<Transaction> getCommittableSerializer() {
    return new TransactionSerializer();
  }

  private static final class Writer implements CommittingSinkWriter<KafkaMessage, Transaction> {

    private List<KafkaMessage> open = new ArrayList<>();

    @Override
    public void write(KafkaMessage message, Context context) {
      open.add(message);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<Transaction> prepareCommit() {
      List<KafkaMessage> written = open;
      open = new ArrayList<>();
      return written.isEmpty()
          ? List.of()
          : List.of(new Transaction(UUID.randomUUID().toString(), written));
    }

    @Override
    public void close() {}
  }

  private static final class TransactionSerializer
      implements SimpleVersionedSerializer<Transaction> {

    private final KafkaMessageSerializer serializer = new KafkaMessageSerializer();

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Transaction transaction) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(1024);
      out.writeUTF(transaction.id());
      out.writeInt(transaction.messages().size());
      for (KafkaMessage message : transaction.messages()) {
        serializer.serialize(message, out);
      }
      return out.getCopyOfBuffer();
    }

    @Override
    public Transaction deserialize(int version, byte[] bytes) throws IOException {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      String id = in.readUTF();
      List<KafkaMessage> messages = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        messages.add(serializer.deserialize(in));
      }
      return new Transaction(id, messages);
    }
  }
}
