package io.servicelake.jobs.ingest;

import java.io.Serializable;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns messages into redacted rows of bronze, on the executors. The file of a row is topic and
 * partition, its line the offset, its stamp that of the broker. A message that cannot be read
 * becomes a row that says so.
 */
final class ReadMessages implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  /** Columns of a message, in the order they are expected. */
  static final List<String> COLUMNS = List.of("topic", "partition", "offset", "timestamp", "value");

  /**
   * A source of messages.
   *
   * @param topicId tells a topic from an earlier one of the same name
   */
  record Source(KafkaTopic topic, String topicId, SourceReading reading) implements Serializable {}

  private final Map<String, Source> sources;
  private final MasterKey master;
  private final long batchNo;
  private final String runId;

  /**
   * @param sources by topic
   */
  ReadMessages(Map<String, Source> sources, MasterKey master, long batchNo, String runId) {
    this.sources = new HashMap<>(sources);
    this.master = master;
    this.batchNo = batchNo;
    this.runId = runId;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> messages) {
    Map<String, OfTopic> topics = new HashMap<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return messages.hasNext();
      }

      @Override
      public Row next() {
        Row message = messages.next();
        return topics
            .computeIfAbsent(message.getString(0), name -> new OfTopic(sources.get(name)))
            .row(message);
      }
    };
  }

  /** Name of the file that messages of a partition are told under. */
  static String file(String topic, int partition) {
    return topic + "-" + partition;
  }

  private final class OfTopic {
    private final Source source;
    private final MessageReader reader;
    private final Redactor redactor;

    OfTopic(Source source) {
      this.source = source;
      this.reader = new MessageReader(source.topic(), source.reading());
      this.redactor = new Redactor(source.reading(), reader.header(), master);
    }

    Row row(Row message) {
      MessageReader.Message read = reader.read(message.getAs(4));
      if (read.fault() != null) {
        return row(message, ReadFiles.faulty(read.code(), read.fault()), List.of());
      }
      Redactor.Redacted redacted = redactor.redact(read.cells());
      return row(message, redacted.payload(), ReadFiles.secrets(redacted));
    }

    private Row row(Row message, String payload, List<Row> secrets) {
      int partition = message.getInt(1);
      long offset = message.getLong(2);
      Timestamp stamp = message.getTimestamp(3);
      return RowFactory.create(
          source.topicId() + "-" + partition + ":" + offset,
          source.reading().sourceId(),
          batchNo,
          file(source.topic().topic(), partition),
          source.topicId(),
          offset,
          stamp,
          stamp,
          payload,
          runId,
          CollectionConverters.asScala(secrets).toSeq());
    }
  }
}
