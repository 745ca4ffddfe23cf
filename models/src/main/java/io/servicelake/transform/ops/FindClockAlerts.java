package io.servicelake.transform.ops;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_seconds;

import io.servicelake.contract.Field;
import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.ops.Alerts;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Open complaints about to break a limit of their clock: a stage that is not done and due within
 * the margin. Limits that passed longer ago than the margin are not alerted any more; they stand on
 * the board as overdue.
 */
public final class FindClockAlerts {
  private static final String STAGE = "_stage";

  private FindClockAlerts() {}

  /**
   * Rows of ops.alerts, not sent yet.
   *
   * @param now what time it is
   * @param margin how long before its limit a complaint is alerted
   */
  public static Dataset<Row> compute(Dataset<Row> complaintCases, Instant now, Duration margin) {
    Column stage = col(STAGE);
    return complaintCases
        .where(ComplaintCases.CLOSED_AT.col().isNull())
        .withColumn(
            STAGE,
            explode(
                array(
                    stage(
                        "ACKNOWLEDGE_DUE",
                        ComplaintCases.ACKNOWLEDGE_DUE_AT,
                        ComplaintCases.ACKNOWLEDGED_AT),
                    stage("PLAN_DUE", ComplaintCases.PLAN_DUE_AT, ComplaintCases.PLANNED_AT),
                    stage("CLOSE_DUE", ComplaintCases.CLOSE_DUE_AT, ComplaintCases.CLOSED_AT))))
        .where(
            stage
                .getField("done_at")
                .isNull()
                .and(stage.getField("due_at").leq(lit(Timestamp.from(now.plus(margin)))))
                .and(stage.getField("due_at").gt(lit(Timestamp.from(now.minus(margin))))))
        .select(
            concat_ws(
                    "|",
                    stage.getField("kind"),
                    ComplaintCases.COMPLAINT_ID.col(),
                    unix_seconds(stage.getField("due_at")).cast("string"))
                .as(Alerts.ALERT_ID.name()),
            stage.getField("kind").as(Alerts.KIND.name()),
            ComplaintCases.COMPLAINT_ID.col().as(Alerts.SUBJECT_ID.name()),
            ComplaintCases.DEALER_ID.col(),
            ComplaintCases.SEVERITY.col(),
            stage.getField("due_at").as(Alerts.DUE_AT.name()),
            lit(Timestamp.from(now)).as(Alerts.FOUND_AT.name()),
            lit(null).cast(Alerts.SENT_AT.type()).as(Alerts.SENT_AT.name()));
  }

  private static Column stage(String kind, Field due, Field done) {
    return struct(lit(kind).as("kind"), due.col().as("due_at"), done.col().as("done_at"));
  }
}
