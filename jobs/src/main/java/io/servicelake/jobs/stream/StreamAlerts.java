package io.servicelake.jobs.stream;

import io.servicelake.contract.Versioned;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.ops.Alerts;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.StreamSettings;
import io.servicelake.jobs.ingest.TopicFeed;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.kafka.KafkaConnection;
import io.servicelake.jobs.kafka.OnceWriter;
import io.servicelake.jobs.kafka.Topics;
import io.servicelake.transform.ops.FindClockAlerts;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/** Finds what is to be alerted, complaints near a limit and silent feeds, and sends it once. */
final class StreamAlerts {
  private final Lakehouse lake;
  private final KafkaConnection connection;
  private final KafkaSettings kafka;
  private final StreamSettings stream;

  StreamAlerts(
      Lakehouse lake, KafkaConnection connection, KafkaSettings kafka, StreamSettings stream) {
    this.lake = lake;
    this.connection = connection;
    this.kafka = kafka;
    this.stream = stream;
  }

  /**
   * Finds and sends.
   *
   * @param feeds what was read of each source up to now
   * @return how many were sent
   */
  long raise(Map<String, TopicFeed> feeds, Instant now) {
    AlertOutbox outbox = new AlertOutbox(lake);
    Duration margin = Duration.ofSeconds(Math.round(stream.clockAlertHours() * 3600));
    outbox.keep(
        FindClockAlerts.compute(lake.read(ComplaintCases.TABLE), complaintTime(now), margin));
    List<Row> silent = silent(feeds, now);
    if (!silent.isEmpty()) {
      outbox.keep(lake.session().createDataFrame(silent, Alerts.TABLE.schema()));
    }
    boolean isAnyUnsent = !lake.read(Alerts.TABLE).where(Alerts.SENT_AT.col().isNull()).isEmpty();
    if (!isAnyUnsent) {
      return 0;
    }
    try (Topics topics = new Topics(connection)) {
      topics.create(List.of(kafka.alertTopic()));
    }
    String name =
        "servicelake-alerts-"
            + UUID.nameUUIDFromBytes(lake.files().root().getBytes(StandardCharsets.UTF_8));
    try (OnceWriter writer = new OnceWriter(connection, kafka.alertTopic(), name)) {
      return outbox.send(writer);
    }
  }

  private Instant complaintTime(Instant now) {
    if (stream.clock().equals("wall")) {
      return now;
    }
    Row newest = lake.read(Complaints.TABLE).agg(functions.max(Versioned.KNOWN_AT.col())).first();
    return newest.isNullAt(0) ? now : newest.getTimestamp(0).toInstant();
  }

  private List<Row> silent(Map<String, TopicFeed> feeds, Instant now) {
    List<Row> alerts = new ArrayList<>();
    Instant limit = now.minus(Duration.ofMinutes(stream.silentMinutes()));
    feeds.forEach(
        (source, feed) -> {
          Instant last = Instant.ofEpochMilli(feed.lastStamp());
          if (last.isBefore(limit)) {
            alerts.add(
                RowFactory.create(
                    "FEED_SILENT|" + source + "|" + last.getEpochSecond(),
                    "FEED_SILENT",
                    source,
                    null,
                    null,
                    Timestamp.from(last),
                    Timestamp.from(now),
                    null));
          }
        });
    return alerts;
  }
}
