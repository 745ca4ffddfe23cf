package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: calls, letters and messages to customers and what they answered. */
public final class Contacts {
  private static final Columns C = new Columns();
  public static final Field CONTACT_ID =
      C.key("contact_id", STRING, "Contact", "回访", "Dealer and its contact number, colon between.");
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final Field CUSTOMER_RECORD_ID = C.with(Customers.CUSTOMER_RECORD_ID.orNull());
  public static final Field REPAIR_ORDER_ID = C.with(RepairOrders.REPAIR_ORDER_ID.orNull());
  public static final Field CHANNEL =
      C.required("channel", STRING, "Channel", "渠道", "PHONE, SMS, APP or LETTER.");
  public static final Field PURPOSE =
      C.required("purpose", STRING, "Purpose", "目的", "FOLLOW_UP, REMINDER, CAMPAIGN or COMPLAINT.");
  public static final Field DUE_AT =
      C.optional("due_at", TIMESTAMP, "Due", "应访时间", "When it was due; null if not planned.");
  public static final Field MADE_AT =
      C.optional("made_at", TIMESTAMP, "Made", "回访时间", "When it was made; null if not made.");
  public static final Field IS_REACHED =
      C.required("is_reached", BOOL, "Reached", "是否接通", "True if the customer was reached.");
  public static final Field CALLER_ID =
      C.optional(
          "caller_id", STRING, "Caller", "回访员", "staff_id of the caller; null if not given.");
  public static final Field REPAIR_MARK =
      C.optional(
          "repair_mark", INT, "Repair effect mark", "维修效果评分", "1 to 5; null if not answered.");
  public static final Field ATTITUDE_MARK =
      C.optional("attitude_mark", INT, "Attitude mark", "服务态度评分", "1 to 5; null if not answered.");
  public static final Field PRICE_MARK =
      C.optional("price_mark", INT, "Price mark", "费用合理性评分", "1 to 5; null if not answered.");
  public static final Field OUTCOME =
      C.optional(
          "outcome",
          STRING,
          "Outcome",
          "回访结果",
          "COMPLAINT, CRITICISM, SUGGESTION, PRAISE or NONE; null if not reached.");
  public static final Field REMARK_MASKED =
      C.optional(
          "remark_masked",
          STRING,
          "Remark, masked",
          "客户原话",
          "The customer's words, personal values masked; the words themselves are in the vault.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "contacts",
              "Contacts",
              "跟踪回访",
              "one row per contact and version",
              "customer relations");

  private Contacts() {}
}
