package io.servicelake.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.ops.Alerts;
import io.servicelake.jobs.config.KafkaSettings;
import io.servicelake.jobs.config.Settings;
import io.servicelake.jobs.config.StreamSettings;
import io.servicelake.jobs.ingest.TopicFeed;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.jobs.io.Txn;
import io.servicelake.jobs.kafka.KafkaBroker;
import io.servicelake.jobs.kafka.KafkaForTests;
import io.servicelake.jobs.kafka.OnceWriter;
import io.servicelake.jobs.kafka.Topics;
import io.servicelake.transform.ops.FindClockAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertOutboxTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir static Path folder;
  private static KafkaBroker broker;
  @TempDir Path temp;

  @BeforeAll
  static void startBroker() {
    broker = KafkaForTests.broker(folder.resolve("kafka"));
    broker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.stop();
  }

  @Test
  void aSourceThatFallsSilentIsToldOnceUntilItIsHeardOfAgain() {
    Lakehouse lake = lake();
    lake.append(ComplaintCases.TABLE, TestRows.of(ComplaintCases.TABLE).build(), new Txn("t", 1));
    StreamAlerts alerts =
        new StreamAlerts(
            lake,
            KafkaForTests.connection(broker),
            Settings.of("kafka.alert_topic=silence").get(KafkaSettings.class),
            Settings.of("stream.silent_minutes=30").get(StreamSettings.class));
    Map<String, TopicFeed> feeds =
        Map.of("orders", heard(NOON), "contacts", heard(NOON.plusSeconds(1200)));

    assertThat(alerts.raise(feeds, NOON.plusSeconds(1800))).as("not longer than 30 min").isZero();
    assertThat(alerts.raise(feeds, NOON.plusSeconds(1860))).isEqualTo(1);
    assertThat(alerts.raise(feeds, NOON.plusSeconds(2400))).as("told before").isZero();
    Map<String, TopicFeed> later = Map.of("orders", heard(NOON.plusSeconds(2500)));
    assertThat(alerts.raise(later, NOON.plusSeconds(2600))).as("heard of again").isZero();
    assertThat(alerts.raise(later, NOON.plusSeconds(9000))).isEqualTo(1);
    assertThat(KafkaForTests.read(broker, "silence"))
        .hasSize(2)
        .allMatch(text -> text.contains("FEED_SILENT") && text.contains("orders"));
  }

  @Test
  void everyAlertIsOnTheTopicOnceEvenWhenTheProcessDiedBeforeItWasMarked() {
    Lakehouse lake = lake();
    try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
      topics.create(List.of("alerts"));
    }
    AlertOutbox outbox = new AlertOutbox(lake);
    outbox.keep(found(NOON));
    outbox.keep(found(NOON.plusSeconds(60)));
    String arrived = "CLOSE_DUE|near|" + NOON.plusSeconds(3600).getEpochSecond();
    try (OnceWriter writer = writer()) {
      // As a process leaves it that dies between sending and marking.
      lake.files().write("_progress/alerts.json", "{\"from\":{\"0\":0,\"1\":0}}");
      writer.send(Map.of(arrived, "{\"alert_id\":\"" + arrived + "\"}"));
    }

    try (OnceWriter writer = writer()) {
      assertThat(outbox.send(writer)).isEqualTo(3);
      assertThat(outbox.send(writer)).isZero();
    }

    assertThat(KafkaForTests.read(broker, "alerts"))
        .hasSize(3)
        .anyMatch(text -> text.contains("\"alert_id\":\"" + arrived))
        .anyMatch(text -> text.contains("\"alert_id\":\"PLAN_DUE|near|"))
        .anyMatch(text -> text.contains("\"alert_id\":\"ACKNOWLEDGE_DUE|fresh|"));
    assertThat(lake.read(Alerts.TABLE).where(Alerts.SENT_AT.col().isNull()).isEmpty()).isTrue();
  }

  private Lakehouse lake() {
    return new DeltaLakehouse(
        SparkSessionForTests.session(), temp.resolve("lake").toString(), 1, 0);
  }

  private static TopicFeed heard(Instant last) {
    return new TopicFeed(last.toEpochMilli(), 1, 0);
  }

  private static OnceWriter writer() {
    return new OnceWriter(KafkaForTests.connection(broker), "alerts", "servicelake-alerts-test");
  }

  /** One complaint near two limits, one near its first, one long overdue, one closed. */
  private static Dataset<Row> found(Instant now) {
    TestRows cases = TestRows.of(ComplaintCases.TABLE);
    complaint(
        cases, "near", NOON.minusSeconds(9000), NOON.plusSeconds(1800), NOON.plusSeconds(3600));
    complaint(cases, "fresh", null, NOON.plusSeconds(90_000), NOON.plusSeconds(90_000));
    complaint(
        cases,
        "overdue",
        NOON.minusSeconds(9000),
        NOON.minusSeconds(99_000),
        NOON.minusSeconds(90_000));
    cases.row(
        ComplaintCases.COMPLAINT_ID, "closed",
        ComplaintCases.CLOSE_DUE_AT, NOON,
        ComplaintCases.CLOSED_AT, NOON);
    return FindClockAlerts.compute(cases.build(), now, Duration.ofHours(4));
  }

  private static void complaint(
      TestRows cases, String id, Instant acknowledgedAt, Instant planDueAt, Instant closeDueAt) {
    cases.row(
        ComplaintCases.COMPLAINT_ID, id,
        ComplaintCases.ACKNOWLEDGE_DUE_AT, NOON.plusSeconds(600),
        ComplaintCases.ACKNOWLEDGED_AT, acknowledgedAt,
        ComplaintCases.PLAN_DUE_AT, planDueAt,
        ComplaintCases.CLOSE_DUE_AT, closeDueAt);
  }
}
