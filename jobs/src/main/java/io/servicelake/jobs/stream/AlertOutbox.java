package io.servicelake.jobs.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.servicelake.contract.ops.Alerts;
import io.servicelake.jobs.CrashPoints;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.kafka.OnceWriter;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Alerts are kept in the lake before they are sent, and marked after: each is on its topic once,
 * wherever a crash comes between. What an unfinished sending reached is read back from the topic.
 */
final class AlertOutbox {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "_progress/alerts.json";

  private final Lakehouse lake;

  AlertOutbox(Lakehouse lake) {
    this.lake = lake;
  }

  /** Where the topic ended before a sending began. */
  record Sending(Map<Integer, Long> from) {}

  /** Keeps the alerts that are new. */
  void keep(Dataset<Row> alerts) {
    lake.insertNew(Alerts.TABLE, alerts, txn("found"));
  }

  /** Sends what is kept and not marked as sent; returns how many there were. */
  long send(OnceWriter topic) {
    if (lake.version(Alerts.TABLE).isEmpty()) {
      return 0;
    }
    List<Row> unsent =
        lake.read(Alerts.TABLE)
            .where(Alerts.SENT_AT.col().isNull())
            .orderBy(Alerts.ALERT_ID.col())
            .collectAsList();
    if (unsent.isEmpty()) {
      lake.files().delete(FILE);
      return 0;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    unsent.forEach(alert -> texts.put(alert.getAs(Alerts.ALERT_ID.name()), text(alert)));
    Optional<Sending> unfinished = lake.files().read(FILE).map(AlertOutbox::parse);
    Sending sending = unfinished.orElseGet(() -> new Sending(topic.ends()));
    lake.files().write(FILE, render(sending));
    if (unfinished.isPresent()) {
      topic.keysSince(sending.from()).forEach(texts::remove);
    }
    topic.send(texts);
    CrashPoints.at("after-alerts");
    Dataset<Row> sent =
        lake.read(Alerts.TABLE)
            .where(
                Alerts.ALERT_ID
                    .col()
                    .isin(unsent.stream().map(row -> row.getAs(Alerts.ALERT_ID.name())).toArray()))
            .withColumn(Alerts.SENT_AT.name(), functions.lit(Timestamp.from(Instant.now())));
    lake.merge(Alerts.TABLE, sent, txn("sent"));
    lake.files().delete(FILE);
    return unsent.size();
  }

  private Txn txn(String what) {
    return new Txn("servicelake/alerts/" + what, lake.version(Alerts.TABLE).orElse(-1) + 1);
  }

  private static String text(Row alert) {
    ObjectNode text = JSON.createObjectNode().put("schema_version", 1);
    for (var field :
        List.of(
            Alerts.ALERT_ID, Alerts.KIND, Alerts.SUBJECT_ID, Alerts.DEALER_ID, Alerts.SEVERITY)) {
      text.put(field.name(), alert.<String>getAs(field.name()));
    }
    for (var field : List.of(Alerts.DUE_AT, Alerts.FOUND_AT)) {
      text.put(field.name(), alert.<Timestamp>getAs(field.name()).toInstant().toString());
    }
    return text.toString();
  }

  private static Sending parse(String text) {
    try {
      return JSON.readValue(text, Sending.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(FILE + " was changed by hand", e);
    }
  }

  private static String render(Sending sending) {
    try {
      return JSON.writeValueAsString(sending);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
