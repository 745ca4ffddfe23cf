package io.servicelake.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.SparkSessionForTests;
import io.servicelake.TestRows;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.ops.Alerts;
import io.servicelake.jobs.io.DeltaLakehouse;
import io.servicelake.jobs.io.Lakehouse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertOutboxTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  @TempDir Path temp;

  @Test
  void everyAlertIsOnTheTopicOnceEvenWhenTheProcessDiedBeforeItWasMarked() {
    Lakehouse lake =
        new DeltaLakehouse(SparkSessionForTests.session(), temp.resolve("lake").toString(), 1, 0);
    KafkaBroker broker = KafkaForTests.broker(temp.resolve("kafka"));
    broker.start();
    try {
      try (Topics topics = new Topics(KafkaForTests.connection(broker))) {
        topics.create(List.of("alerts"));
      }
      AlertOutbox outbox = new AlertOutbox(lake);
      outbox.keep(found(NOON));
      outbox.keep(found(NOON.plusSeconds(60)));
      String arrived = "CLOSE_DUE|near|" + NOON.plusSeconds(3600).getEpochSecond();
      try (OnceWriter writer = writer(broker)) {
        // As a process leaves it that dies between sending and marking.
        lake.files().write("_progress/alerts.json", "{\"from\":{\"0\":0,\"1\":0}}");
        writer.send(Map.of(arrived, "{\"alert_id\":\"" + arrived + "\"}"));
      }

      try (OnceWriter writer = writer(broker)) {
        assertThat(outbox.send(writer)).isEqualTo(3);
        assertThat(outbox.send(writer)).isZero();
      }

      assertThat(KafkaForTests.read(broker, "alerts"))
          .hasSize(3)
          .anyMatch(text -> text.contains("\"alert_id\":\"" + arrived))
          .anyMatch(text -> text.contains("\"alert_id\":\"PLAN_DUE|near|"))
          .anyMatch(text -> text.contains("\"alert_id\":\"ACKNOWLEDGE_DUE|fresh|"));
      assertThat(lake.read(Alerts.TABLE).where(Alerts.SENT_AT.col().isNull()).isEmpty()).isTrue();
    } finally {
      broker.stop();
    }
  }

  private static OnceWriter writer(KafkaBroker broker) {
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
