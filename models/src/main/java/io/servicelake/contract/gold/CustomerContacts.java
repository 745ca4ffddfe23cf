package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: contacts, current view, the person resolved. */
public final class CustomerContacts {
  private static final Columns C = new Columns();
  public static final Field CONTACT_ID =
      C.key("contact_id", STRING, "Contact", "回访", "Dealer and its contact number.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_ID =
      C.optional(
          "customer_id", STRING, "Customer", "客户", "The person or account; null if unknown.");
  public static final Field REPAIR_ORDER_ID =
      C.optional(
          "repair_order_id", STRING, "Repair order", "工单", "Visit it follows; null for none.");
  public static final Field CONTACT_ON =
      C.required(
          "contact_on", DATE, "Contact day", "回访日", "Day made, else day due, in the lake's zone.");
  public static final Field CHANNEL =
      C.required("channel", STRING, "Channel", "渠道", "PHONE, SMS, APP or LETTER.");
  public static final Field PURPOSE =
      C.required("purpose", STRING, "Purpose", "目的", "FOLLOW_UP, REMINDER, CAMPAIGN or COMPLAINT.");
  public static final Field DUE_AT =
      C.optional("due_at", TIMESTAMP, "Due", "应访时间", "When it was due.");
  public static final Field MADE_AT =
      C.optional("made_at", TIMESTAMP, "Made", "回访时间", "When it was made.");
  public static final Field IS_MADE =
      C.required("is_made", BOOL, "Made", "已回访", "True if it was made.");
  public static final Field IS_REACHED =
      C.required("is_reached", BOOL, "Reached", "已接通", "True if the customer was reached.");
  public static final Field CALLER_ID =
      C.optional("caller_id", STRING, "Caller", "回访员", "staff_id of the caller.");
  public static final Field REPAIR_MARK =
      C.optional("repair_mark", INT, "Repair effect mark", "维修效果评分", "1 to 5.");
  public static final Field ATTITUDE_MARK =
      C.optional("attitude_mark", INT, "Attitude mark", "服务态度评分", "1 to 5.");
  public static final Field PRICE_MARK =
      C.optional("price_mark", INT, "Price mark", "费用合理性评分", "1 to 5.");
  public static final Field OUTCOME =
      C.optional(
          "outcome",
          STRING,
          "Outcome",
          "回访结果",
          "COMPLAINT, CRITICISM, SUGGESTION, PRAISE or NONE.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "customer_contacts",
          "Customer contacts",
          "回访事实",
          "one row per contact",
          "customer relations");

  private CustomerContacts() {}
}
