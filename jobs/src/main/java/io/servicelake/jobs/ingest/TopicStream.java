package io.servicelake.jobs.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.bronze.SourceRows;
import io.servicelake.jobs.CannotException;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.io.LakeFiles;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.TopicWriter;
import io.servicelake.jobs.kafka.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Reads the topics of all sources as one streaming query into bronze. Where a query begins anew
 * (other topics, a lost checkpoint), it goes on from the offsets that the lake itself has kept.
 */
public final class TopicStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHECKPOINTS = "_progress/checkpoints/";
  private static final long EARLIEST = -2;

  private final Map<String, Mapping> sources = new TreeMap<>();
  private final MasterKey master;
  private final KafkaConnection connection;
  private final KafkaSettings settings;
  private final Lock batch = new ReentrantLock(true);
  private TopicWriter writer;

  /**
   * @param mappings all sources; those that are no topics are passed over
   * @throws CannotException if two sources read one topic
   */
  public TopicStream(
      List<Mapping> mappings,
      MasterKey master,
      KafkaConnection connection,
      KafkaSettings settings) {
    for (Mapping mapping : mappings) {
      if (mapping.kafka().isPresent()) {
        Mapping other = sources.put(mapping.kafka().get().topic(), mapping);
        if (other != null) {
          throw new CannotException(
              "Cannot read topic %s: %s and %s name it. A message belongs to one source. Feed several tables from one mapping file by several targets."
                  .formatted(mapping.kafka().get().topic(), other.origin(), mapping.origin()));
        }
      }
    }
    this.master = master;
    this.connection = connection;
    this.settings = settings;
  }

  /** True if any source is a topic. */
  static boolean isNeeded(List<Mapping> mappings) {
    return mappings.stream().anyMatch(mapping -> mapping.kafka().isPresent());
  }

  /** Topics by the name of their source. */
  public Map<String, String> topics() {
    Map<String, String> topics = new TreeMap<>();
    sources.forEach((topic, mapping) -> topics.put(mapping.sourceId(), topic));
    return topics;
  }

  /** Silver tables that the topics feed. */
  public Set<TableContract> tables() {
    Set<TableContract> tables = new LinkedHashSet<>();
    sources
        .values()
        .forEach(mapping -> mapping.targets().forEach(target -> tables.add(target.table())));
    return tables;
  }

  /** What was read of each source up to now. */
  public static Map<String, TopicFeed> feeds(LakeFiles files) {
    return KafkaState.read(files).reached().feeds();
  }

  /** Messages of each source that wait to be read. */
  public Map<String, Long> lag(LakeFiles files) {
    Map<String, Map<Integer, Long>> next = KafkaState.read(files).reached().next();
    Map<String, Long> lag = new TreeMap<>();
    try (Topics admin = new Topics(connection)) {
      admin
          .ends(admin.require(sources.keySet()))
          .forEach(
              (topic, ends) ->
                  ends.forEach(
                      (partition, end) ->
                          lag.merge(
                              sources.get(topic).sourceId(),
                              end - next.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L),
                              Long::sum)));
    }
    return lag;
  }

  /**
   * Starts the query.
   *
   * @param trigger when a batch begins
   * @param listener is told of every batch taken
   * @throws CannotException if a topic does not exist or no broker answers
   */
  public StreamingQuery start(
      Lakehouse lake, String runId, Trigger trigger, Consumer<TopicBatch> listener) {
    Map<String, Topics.Topic> topics;
    try (Topics admin = new Topics(connection)) {
      topics = admin.require(sources.keySet());
      admin.create(List.of(settings.deadLetterTopic()));
    }
    writer = new TopicWriter(connection);
    KafkaState state = begun(lake);
    Map<String, ReadMessages.Source> readings = new HashMap<>();
    sources.forEach(
        (topic, mapping) ->
            readings.put(
                topic,
                new ReadMessages.Source(
                    mapping.kafka().orElseThrow(),
                    topics.get(topic).id(),
                    mapping.sourceReading())));
    Dataset<Row> messages =
        lake.session()
            .readStream()
            .format("kafka")
            .options(connection.sparkOptions())
            .option("subscribe", String.join(",", sources.keySet()))
            .option("startingOffsets", startingOffsets(state, topics))
            .option("maxOffsetsPerTrigger", settings.maxOffsetsPerBatch())
            .option("failOnDataLoss", "true")
            .load();
    try {
      return messages
          .writeStream()
          .queryName("servicelake topics " + state.checkpoint())
          .option("checkpointLocation", lake.files().path(CHECKPOINTS + state.checkpoint()))
          .trigger(trigger)
          .foreachBatch(
              new TopicBatches(
                  lake,
                  readings,
                  master,
                  runId,
                  writer,
                  settings.deadLetterTopic(),
                  batch,
                  listener))
          .start();
    } catch (TimeoutException e) {
      throw new CannotException(
          "Cannot start reading Kafka: %s. Another query of this process uses the checkpoint. Start again."
              .formatted(e.getMessage()),
          e);
    }
  }

  /**
   * Does work between two batches: when a batch is written to bronze, Spark drops what it keeps of
   * bronze, and steps that go through it several times would read it as often.
   */
  public void betweenBatches(Runnable work) {
    batch.lock();
    try {
      work.run();
    } finally {
      batch.unlock();
    }
  }

  /** Waits for the end of a query; what ended it comes as a message for the user. */
  public static void await(StreamingQuery query) {
    try {
      query.awaitTermination();
    } catch (StreamingQueryException e) {
      throw explained(e);
    }
  }

  /** What ended a query, as far as the user can mend it. */
  public static RuntimeException explained(StreamingQueryException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotException cannot) {
        return cannot;
      }
      String text = String.valueOf(cause.getMessage());
      if (text.contains("data may have been lost") || text.contains("DATA_LOSS")) {
        return new CannotException(
            "Cannot go on reading Kafka: messages that were not read yet are gone from a topic, or a topic was made anew. %s Rows would be missing without a word. Send the missing messages again, delete %s below the lake to go on from what is left, and run again."
                .formatted(text.lines().findFirst().orElse(""), KafkaState.FILE),
            e);
      }
    }
    return new IllegalStateException(e);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }

  /**
   * The state with a checkpoint for these topics: the one in use if its last batch is wholly done,
   * or a new one. A batch that was begun is settled here and not by the query, whose source fails
   * on reporting a batch done over (Spark 4.1.0).
   */
  private KafkaState begun(Lakehouse lake) {
    LakeFiles files = lake.files();
    KafkaState state = KafkaState.read(files);
    List<String> wanted = List.copyOf(sources.keySet());
    if (state.topics().equals(wanted) && isWhollyDone(state, files)) {
      return state;
    }
    KafkaState begun = settled(state, lake).begun(UUID.randomUUID().toString(), wanted);
    begun.write(files);
    if (state.checkpoint() != null) {
      delete(files.path(CHECKPOINTS + state.checkpoint()), lake);
    }
    return begun;
  }

  private static boolean isWhollyDone(KafkaState state, LakeFiles files) {
    if (state.checkpoint() == null || state.plan() != null) {
      return false;
    }
    String folder = CHECKPOINTS + state.checkpoint();
    return newest(files, folder + "/offsets") == state.lastQueryBatch()
        && newest(files, folder + "/commits") == state.lastQueryBatch();
  }

  /** The highest number in a log of the query; -2 without one. */
  private static long newest(LakeFiles files, String folder) {
    return files.list(folder).stream()
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(EARLIEST);
  }

  /** A batch that was begun counts if its rows are in bronze. */
  private static KafkaState settled(KafkaState state, Lakehouse lake) {
    if (state.plan() == null) {
      return state;
    }
    Set<String> fed = state.plan().reached().feeds().keySet();
    boolean isWritten =
        !lake.read(SourceRows.TABLE)
            .where(
                SourceRows.BATCH_NO
                    .col()
                    .equalTo(state.plan().batchNo())
                    .and(SourceRows.SOURCE_ID.col().isin(fed.toArray())))
            .isEmpty();
    if (isWritten) {
      TopicBatches.note(lake.files(), fed, state.plan().batchNo());
      return state.finished();
    }
    return state;
  }

  private static void delete(String folder, Lakehouse lake) {
    Path path = new Path(folder);
    try {
      path.getFileSystem(lake.session().sessionState().newHadoopConf()).delete(path, true);
    } catch (IOException e) {
      throw new CannotException(
          "Cannot remove %s: %s. It belongs to a query that is no more. Check the rights of the lake's folder."
              .formatted(folder, e),
          e);
    }
  }

  private static String startingOffsets(KafkaState state, Map<String, Topics.Topic> topics) {
    ObjectNode offsets = JSON.createObjectNode();
    topics
        .values()
        .forEach(
            topic -> {
              ObjectNode partitions = offsets.putObject(topic.name());
              Map<Integer, Long> next = state.reached().next().getOrDefault(topic.name(), Map.of());
              for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.put(Integer.toString(partition), next.getOrDefault(partition, EARLIEST));
              }
            });
    return offsets.toString();
  }
}
