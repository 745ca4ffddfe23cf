package io.servicelake.contract.ops;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Ops: alerts, kept before they are sent. */
public final class Alerts {
  private static final Columns C = new Columns();
  public static final Field ALERT_ID =
      C.key(
          "alert_id",
          STRING,
          "Alert",
          "告警",
          "Kind, subject and limit: the same matter has one alert.");
  public static final Field KIND =
      C.required(
          "kind", STRING, "Kind", "类型", "ACKNOWLEDGE_DUE, PLAN_DUE, CLOSE_DUE or FEED_SILENT.");
  public static final Field SUBJECT_ID =
      C.required("subject_id", STRING, "Subject", "对象", "Complaint, or source of the feed.");
  public static final Field DEALER_ID =
      C.with(io.servicelake.contract.silver.Dealers.DEALER_ID.orNull());
  public static final Field SEVERITY =
      C.optional("severity", STRING, "Severity", "严重度", "ORDINARY or MAJOR; null if no complaint.");
  public static final Field DUE_AT =
      C.required(
          "due_at",
          TIMESTAMP,
          "Due",
          "时限",
          "Limit of the complaint's clock; of a feed the stamp of its last message.");
  public static final Field FOUND_AT =
      C.run("found_at", TIMESTAMP, "Found", "发现时间", "When it was noticed, UTC.");
  public static final Field SENT_AT =
      C.run("sent_at", TIMESTAMP, "Sent", "发送时间", "When the topic had it, UTC; null if not yet.");
  public static final TableContract TABLE =
      C.table(
          Layer.OPS, "alerts", "Alerts", "告警", "one row per alert, sent once", "data engineering");

  private Alerts() {}
}
