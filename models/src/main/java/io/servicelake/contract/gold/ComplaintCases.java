package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: complaints, current view, with the durations of their clock. */
public final class ComplaintCases {
  private static final Columns C = new Columns();
  public static final Field COMPLAINT_ID =
      C.key("complaint_id", STRING, "Complaint", "投诉", "Dealer and its complaint number.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_ID =
      C.optional(
          "customer_id", STRING, "Customer", "客户", "The person or account; null if unknown.");
  public static final Field VEHICLE_ID =
      C.with(io.servicelake.contract.silver.Vehicles.VEHICLE_ID.orNull());
  public static final Field REPAIR_ORDER_ID =
      C.optional("repair_order_id", STRING, "Repair order", "工单", "Visit it is about.");
  public static final Field CHANNEL =
      C.required("channel", STRING, "Channel", "渠道", "Where it came in.");
  public static final Field KIND = C.required("kind", STRING, "Kind", "类型", "What it is about.");
  public static final Field SEVERITY =
      C.required("severity", STRING, "Severity", "严重度", "ORDINARY or MAJOR.");
  public static final Field RECEIVED_ON =
      C.required("received_on", DATE, "Received on", "受理日", "Day in the lake's zone.");
  public static final Field CLOSED_ON =
      C.optional("closed_on", DATE, "Closed on", "关闭日", "Day in the lake's zone; null while open.");
  public static final Field RECEIVED_AT =
      C.required(
          "received_at", TIMESTAMP, "Received", "受理时间", "When it came in, or was first known of.");
  public static final Field ACKNOWLEDGED_AT =
      C.optional("acknowledged_at", TIMESTAMP, "Acknowledged", "响应时间", "First answer.");
  public static final Field PLANNED_AT =
      C.optional("planned_at", TIMESTAMP, "Planned", "方案时间", "Solution proposed.");
  public static final Field CALLED_BACK_AT =
      C.optional("called_back_at", TIMESTAMP, "Called back", "回访时间", "Customer called after.");
  public static final Field CLOSED_AT =
      C.optional("closed_at", TIMESTAMP, "Closed", "关闭时间", "Closed; null while open.");
  public static final Field ACKNOWLEDGE_DUE_AT =
      C.required(
          "acknowledge_due_at", TIMESTAMP, "Acknowledge due", "响应时限", "By the clock profile.");
  public static final Field PLAN_DUE_AT =
      C.required("plan_due_at", TIMESTAMP, "Plan due", "方案时限", "By the clock profile.");
  public static final Field CLOSE_DUE_AT =
      C.required("close_due_at", TIMESTAMP, "Close due", "关闭时限", "By the clock profile.");
  public static final Field ACKNOWLEDGE_HOURS =
      C.optional("acknowledge_hours", DOUBLE, "Hours to acknowledge", "响应小时", "Null if not yet.");
  public static final Field CLOSE_HOURS =
      C.optional("close_hours", DOUBLE, "Hours to close", "关闭小时", "Null while open.");
  public static final Field OWNER_ID =
      C.optional("owner_id", STRING, "Owner", "责任人", "staff_id of the owner.");
  public static final Field COMPENSATION_AMOUNT_MINOR =
      C.optional("compensation_amount_minor", LONG, "Compensation", "补偿金额", "Hundredths.");
  public static final Field IS_REOPENED =
      C.required("is_reopened", BOOL, "Reopened", "二次投诉", "True if it came back after closing.");
  public static final Field COMPONENT_CODE =
      C.optional("component_code", STRING, "Component", "部件", "Component it is about.");
  public static final Field HAND_OVERS_COUNT =
      C.required(
          "hand_overs_count",
          INT,
          "Hand-overs",
          "转手次数",
          "How often another owner took it over, programs included.");
  public static final Field PERSON_HAND_OVERS_COUNT =
      C.required(
          "person_hand_overs_count",
          INT,
          "Hand-overs between persons",
          "人员转手次数",
          "How often another person took it over; what programs did in between is passed over.");
  public static final Field LAST_CHANGED_AT =
      C.required(
          "last_changed_at",
          TIMESTAMP,
          "Last changed",
          "最后变更时间",
          "When the source last wrote something of it.");
  public static final Field CHANGED_HOURS =
      C.required(
          "changed_hours",
          DOUBLE,
          "Hours to last change",
          "至最后变更小时",
          "From received to last changed.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "complaint_cases",
          "Complaint cases",
          "投诉案件",
          "one row per complaint",
          "customer relations");

  private ComplaintCases() {}
}
