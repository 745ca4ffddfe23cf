package io.servicelake.jobs.ingest;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.kafka.TopicWriter;
import io.servicelake.transform.silver.TypeRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes batches of messages into vault and bronze, each exactly once: a plan is saved before
 * anything is written, every commit carries the batch's number, and what was reached is saved after
 * the last. Messages that cannot be read are told to the dead-letter topic, at least once each.
 */
final class TopicBatches implements VoidFunction2<Dataset<Row>, Long> {
  private static final long serialVersionUID = 1L;
  private static final String NOTED_AS = "kafka";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Column IS_FAULTY =
      SourceRows.PAYLOAD.col().startsWith("{\"" + TypeRows.FAULT_CODE + "\":");

  private final transient Lakehouse lake;
  private final transient Map<String, ReadMessages.Source> sources;
  private final transient MasterKey master;
  private final transient String runId;
  private final transient TopicWriter writer;
  private final transient String deadLetterTopic;
  private final transient Lock turn;
  private final transient Consumer<TopicBatch> listener;

  /**
   * @param turn held while a batch is written
   */
  TopicBatches(
      Lakehouse lake,
      Map<String, ReadMessages.Source> sources,
      MasterKey master,
      String runId,
      TopicWriter writer,
      String deadLetterTopic,
      Lock turn,
      Consumer<TopicBatch> listener) {
    this.lake = lake;
    this.sources = sources;
    this.master = master;
    this.runId = runId;
    this.writer = writer;
    this.deadLetterTopic = deadLetterTopic;
    this.turn = turn;
    this.listener = listener;
  }

  @Override
  public void call(Dataset<Row> messages, Long queryBatch) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      take(messages, queryBatch);
    } finally {
      turn.unlock();
    }
  }

  private void take(Dataset<Row> messages, long queryBatch) {
    long start = System.nanoTime();
    KafkaState state = KafkaState.read(lake.files());
    if (queryBatch <= state.lastQueryBatch()) {
      // It was finished, and the process died before the query took note.
      return;
    }
    boolean isBegun = state.plan() != null && state.plan().queryBatch() == queryBatch;
    long batchNo = isBegun ? state.plan().batchNo() : reserve();
    Dataset<Row> rows = rows(messages, batchNo).persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      List<Row> parts = parts(rows);
      KafkaState.Reached reached = reached(state.reached(), parts);
      KafkaState planned = state.planned(new KafkaState.Plan(queryBatch, batchNo, reached));
      planned.write(lake.files());
      if (!parts.isEmpty()) {
        tellDeadLetters(rows, parts);
        Function<String, Txn> txn =
            commit ->
                new Txn(
                    "servicelake/kafka/%s/%s".formatted(state.checkpoint(), commit), queryBatch);
        new WriteBronze(lake, master).write(rows, txn);
        CrashPoints.at("after-kafka-bronze");
        note(lake.files(), feeds(parts).keySet(), batchNo);
      }
      planned.finished().write(lake.files());
      CrashPoints.at("before-kafka-checkpoint");
      listener.accept(
          new TopicBatch(batchNo, feeds(parts), reached.next(), (System.nanoTime() - start) / 1e9));
    } finally {
      rows.unpersist();
    }
  }

  /** Takes the next number of a batch, which no other ingest will take. */
  private long reserve() {
    IngestState ingest = IngestState.read(lake.files()).reserved();
    ingest.write(lake.files());
    return ingest.lastBatch();
  }

  /** Notes for the merges of silver up to which batch there are rows of each source. */
  static void note(LakeFiles files, Set<String> fed, long batchNo) {
    IngestState ingest = IngestState.read(files);
    for (String source : fed) {
      ingest = ingest.noted(source, NOTED_AS, batchNo);
    }
    ingest.write(files);
  }

  private Dataset<Row> rows(Dataset<Row> messages, long batchNo) {
    Column[] columns =
        ReadMessages.COLUMNS.stream()
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new);
    return lake.session()
        .createDataFrame(
            messages
                .select(columns)
                .javaRDD()
                .mapPartitions(new ReadMessages(sources, master, batchNo, runId)),
            ReadFiles.SCHEMA);
  }

  /** Per source and partition: messages, those that cannot be read, last offset, newest stamp. */
  private static List<Row> parts(Dataset<Row> rows) {
    return rows.groupBy(SourceRows.SOURCE_ID.col(), SourceRows.FILE_NAME.col())
        .agg(
            count(lit(1)),
            sum(when(IS_FAULTY, 1L).otherwise(0L)),
            max(SourceRows.LINE_NUMBER.col()),
            max(SourceRows.SOURCE_STAMP.col()))
        .collectAsList();
  }

  private static KafkaState.Reached reached(KafkaState.Reached before, List<Row> parts) {
    Map<String, Map<Integer, Long>> next = new TreeMap<>();
    for (Row part : parts) {
      String file = part.getString(1);
      int dash = file.lastIndexOf('-');
      next.computeIfAbsent(file.substring(0, dash), topic -> new TreeMap<>())
          .put(Integer.parseInt(file.substring(dash + 1)), part.getLong(4) + 1);
    }
    return KafkaState.with(before, next, feeds(parts));
  }

  private static Map<String, TopicFeed> feeds(List<Row> parts) {
    Map<String, TopicFeed> feeds = new TreeMap<>();
    for (Row part : parts) {
      feeds.merge(
          part.getString(0),
          new TopicFeed(part.getTimestamp(5).getTime(), part.getLong(2), part.getLong(3)),
          TopicFeed::and);
    }
    return feeds;
  }

  /** Tells where each lies and why it is refused, never what it holds. */
  private void tellDeadLetters(Dataset<Row> rows, List<Row> parts) {
    if (parts.stream().allMatch(part -> part.getLong(3) == 0)) {
      return;
    }
    rows.where(IS_FAULTY)
        .select(
            SourceRows.SOURCE_ID.col(),
            SourceRows.FILE_NAME.col(),
            SourceRows.LINE_NUMBER.col(),
            SourceRows.SOURCE_STAMP.col(),
            SourceRows.PAYLOAD.col())
        .toLocalIterator()
        .forEachRemaining(
            row ->
                writer.send(
                    deadLetterTopic,
                    row.getString(1) + ":" + row.getLong(2),
                    deadLetter(row).toString()));
    writer.flush();
  }

  private static ObjectNode deadLetter(Row row) {
    String file = row.getString(1);
    int dash = file.lastIndexOf('-');
    try {
      JsonNode fault = JSON.readTree(row.getString(4));
      return JSON.createObjectNode()
          .put("schema_version", 1)
          .put("source", row.getString(0))
          .put("topic", file.substring(0, dash))
          .put("partition", Integer.parseInt(file.substring(dash + 1)))
          .put("offset", row.getLong(2))
          .put("stamped_at", row.getTimestamp(3).toInstant().toString())
          .put("reason_code", fault.path(TypeRows.FAULT_CODE).asText())
          .put("reason", fault.path(TypeRows.FAULT).asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the payload of a fault is JSON of our own", e);
    }
  }
}
