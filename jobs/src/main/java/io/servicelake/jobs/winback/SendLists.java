package io.servicelake.jobs.winback;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.to_json;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.decision.Campaigns;
import io.servicelake.contract.decision.WinbackCandidates;
import io.servicelake.contract.serving.WinbackList;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.TopicWriter;
import io.servicelake.jobs.kafka.Topics;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sends who is to be contacted to a topic, for systems that call; pseudonymous. */
public final class SendLists {
  private static final String SEPARATOR = "|";
  private static final Field KEY =
      new Field("key", Columns.STRING, false, "Key", "键", "Campaign and customer.");
  private static final Field TEXT =
      new Field("text", Columns.STRING, false, "Text", "内容", "The row as JSON.");

  private SendLists() {}

  /**
   * What was sent.
   *
   * @param rows of the lists
   * @param withdrawn keys without a text
   */
  public record Sent(long rows, long withdrawn) {}

  /**
   * Sends a message per row of the call lists: JSON with the columns of the files and the day of
   * the list, keyed by campaign and customer. Each sending is the whole list of its day: whoever
   * the topic still names in a campaign of the lake, and who is not on it, is withdrawn by a
   * message of the key alone. Keys of other messages on the topic are left alone.
   *
   * @throws io.servicelake.jobs.CannotException if the topic is not compacted, or the brokers did
   *     not take all of them
   */
  public static Sent send(Lakehouse lake, KafkaConnection connection, String topic) {
    try (Topics topics = new Topics(connection)) {
      topics.createCompacted(topic);
    }
    Dataset<Row> toCall = ExportLists.toCall(lake);
    try (TopicWriter writer = new TopicWriter(connection)) {
      long rows =
          send(
              toCall.select(
                  key(),
                  to_json(struct(columns()), Map.of("ignoreNullFields", "false")).as(TEXT.name())),
              writer,
              topic);
      long withdrawn =
          send(
              named(lake, connection, topic)
                  .except(toCall.select(key()))
                  .withColumn(TEXT.name(), lit(null).cast(Columns.STRING)),
              writer,
              topic);
      writer.flush();
      return new Sent(rows, withdrawn);
    }
  }

  /** Keys whose newest message on the topic has a text, of campaigns of the lake. */
  private static Dataset<Row> named(Lakehouse lake, KafkaConnection connection, String topic) {
    Column newest =
        max(struct(col("partition"), col("offset"), col("value").isNotNull().as("live")));
    return lake.session()
        .read()
        .format("kafka")
        .options(connection.sparkOptions())
        .option("subscribe", topic)
        .load()
        .groupBy(col("key").cast(Columns.STRING).as(KEY.name()))
        .agg(newest.as("newest"))
        .where(col("newest.live"))
        .withColumn(Campaigns.CAMPAIGN_ID.name(), substring_index(KEY.col(), SEPARATOR, 1))
        .join(
            lake.read(Campaigns.TABLE).select(Campaigns.CAMPAIGN_ID.col()),
            new String[] {Campaigns.CAMPAIGN_ID.name()},
            "left_semi")
        .select(KEY.col());
  }

  private static long send(Dataset<Row> messages, TopicWriter writer, String topic) {
    Iterator<Row> rows = messages.orderBy(KEY.col()).toLocalIterator();
    long sent = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      writer.send(topic, row.getString(0), row.getString(1));
      sent++;
    }
    return sent;
  }

  private static Column key() {
    return concat_ws(
            SEPARATOR, WinbackCandidates.CAMPAIGN_ID.col(), WinbackCandidates.CUSTOMER_ID.col())
        .as(KEY.name());
  }

  private static Column[] columns() {
    return Stream.concat(
            Stream.of(WinbackList.AS_OF_ON),
            CallListColumn.of(false).stream()
                .filter(column -> !column.isBlank())
                .map(CallListColumn::field))
        .map(Field::col)
        .toArray(Column[]::new);
  }
}
