package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: complaints against their clock. */
public final class ComplaintBoard {
  private static final Columns C = new Columns();
  public static final Field COMPLAINT_ID =
      C.key("complaint_id", STRING, "Complaint", "投诉", "Dealer and number.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the board.");
  public static final Field CUSTOMER_ID =
      C.optional("customer_id", STRING, "Customer", "客户", "Pseudonymous.");
  public static final Field KIND = C.required("kind", STRING, "Kind", "类型", "What it is about.");
  public static final Field SEVERITY =
      C.required("severity", STRING, "Severity", "严重度", "ORDINARY or MAJOR.");
  public static final Field CHANNEL =
      C.required("channel", STRING, "Channel", "渠道", "Where it came in.");
  public static final Field RECEIVED_AT =
      C.required("received_at", TIMESTAMP, "Received", "受理时间", "UTC.");
  public static final Field RECEIVED_ON =
      C.required("received_on", DATE, "Received on", "受理日", "Day in the lake's zone.");
  public static final Field ACKNOWLEDGED_AT =
      C.optional("acknowledged_at", TIMESTAMP, "Acknowledged", "响应时间", "UTC.");
  public static final Field CLOSED_AT =
      C.optional("closed_at", TIMESTAMP, "Closed", "关闭时间", "UTC; null while open.");
  public static final Field CLOSE_DUE_AT =
      C.required("close_due_at", TIMESTAMP, "Close due", "关闭时限", "UTC.");
  public static final Field STATE =
      C.required(
          "state",
          STRING,
          "State",
          "状态",
          "OPEN, OVERDUE, CLOSED_IN_TIME or CLOSED_LATE at the end of the as-of day.");
  public static final Field CLOSE_HOURS =
      C.optional("close_hours", DOUBLE, "Hours to close", "关闭小时", "Null while open.");
  public static final Field AGE_HOURS =
      C.required(
          "age_hours",
          DOUBLE,
          "Age",
          "历时小时",
          "From reception to closing, or to the end of the as-of day.");
  public static final Field IS_REOPENED =
      C.required("is_reopened", BOOL, "Reopened", "二次投诉", "Came back after closing.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "complaint_board",
          "Complaint board",
          "投诉看板",
          "one row per complaint open on the as-of day or received in the 12 months before",
          "customer relations");

  private ComplaintBoard() {}
}
