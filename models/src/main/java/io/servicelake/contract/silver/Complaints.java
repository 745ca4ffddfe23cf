package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: complaints with every stamp of their clock. */
public final class Complaints {
  private static final Columns C = new Columns();
  public static final Field COMPLAINT_ID =
      C.key(
          "complaint_id",
          STRING,
          "Complaint",
          "投诉",
          "Dealer and its complaint number, colon between.");
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final Field CUSTOMER_RECORD_ID = C.with(Customers.CUSTOMER_RECORD_ID.orNull());
  public static final Field REPAIR_ORDER_ID = C.with(RepairOrders.REPAIR_ORDER_ID.orNull());
  public static final Field VEHICLE_ID = C.with(Vehicles.VEHICLE_ID.orNull());
  public static final Field CHANNEL =
      C.required(
          "channel",
          STRING,
          "Channel",
          "渠道",
          "HOTLINE, APP, WECHAT, FRONT_DESK, SHORT_VIDEO or OTHER.");
  public static final Field KIND =
      C.required(
          "kind",
          STRING,
          "Kind",
          "类型",
          "REPAIR_EFFECT, COST, PART_QUALITY, ATTITUDE, REPEAT_REPAIR or OTHER.");
  public static final Field SEVERITY =
      C.required("severity", STRING, "Severity", "严重度", "ORDINARY or MAJOR.");
  public static final Field RECEIVED_AT =
      C.optional(
          "received_at",
          TIMESTAMP,
          "Received",
          "受理时间",
          "When it came in; null where the source writes events alone: then its first known_at.");
  public static final Field ACKNOWLEDGED_AT =
      C.optional(
          "acknowledged_at",
          TIMESTAMP,
          "Acknowledged",
          "响应时间",
          "First answer to the customer; null if not yet.");
  public static final Field ASSIGNED_AT =
      C.optional(
          "assigned_at", TIMESTAMP, "Assigned", "分派时间", "Given to an owner; null if not yet.");
  public static final Field PLANNED_AT =
      C.optional("planned_at", TIMESTAMP, "Planned", "方案时间", "Solution proposed; null if not yet.");
  public static final Field HANDLED_AT =
      C.optional(
          "handled_at", TIMESTAMP, "Handled", "处理时间", "Solution carried out; null if not yet.");
  public static final Field CALLED_BACK_AT =
      C.optional(
          "called_back_at",
          TIMESTAMP,
          "Called back",
          "回访时间",
          "Customer called after; null if not yet.");
  public static final Field STATUS =
      C.optional(
          "status",
          STRING,
          "Status",
          "状态",
          "State as the source names it; null where it gives stamps alone.");
  public static final Field CLOSED_AT =
      C.optional("closed_at", TIMESTAMP, "Closed", "关闭时间", "Closed; null while open.");
  public static final Field OWNER_ID =
      C.optional(
          "owner_id", STRING, "Owner", "责任人", "staff_id of the owner; null if not assigned.");
  public static final Field COMPENSATION_AMOUNT_MINOR =
      C.optional(
          "compensation_amount_minor",
          LONG,
          "Compensation",
          "补偿金额",
          "Paid or credited, hundredths; null for none.");
  public static final Field IS_REOPENED =
      C.required("is_reopened", BOOL, "Reopened", "二次投诉", "True if it came back after closing.");
  public static final Field COMPONENT_CODE =
      C.optional(
          "component_code", STRING, "Component", "部件", "Component it is about; null if none.");
  public static final Field PROBLEM_CODES =
      C.optional(
          "problem_codes",
          STRING,
          "Problem codes",
          "问题代码",
          "The source's codes of what it names, comma between, in its order; null if it has none.");
  public static final Field WORDS_MASKED =
      C.optional(
          "words_masked",
          STRING,
          "Words, masked",
          "投诉内容",
          "The customer's words, personal values masked.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "complaints",
              "Complaints",
              "投诉",
              "one row per complaint and version",
              "customer relations");

  private Complaints() {}
}
