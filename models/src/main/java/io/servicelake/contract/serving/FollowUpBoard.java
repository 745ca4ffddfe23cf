package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: contacts owed and made. */
public final class FollowUpBoard {
  private static final Columns C = new Columns();
  public static final Field DUTY_ID =
      C.key("duty_id", STRING, "Duty", "任务", "Visit, profile and touch.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the board.");
  public static final Field CUSTOMER_ID =
      C.required("customer_id", STRING, "Customer", "客户", "Pseudonymous.");
  public static final Field REPAIR_ORDER_ID =
      C.required("repair_order_id", STRING, "Repair order", "工单", "Visit to be followed up.");
  public static final Field TOUCH_NO = C.required("touch_no", INT, "Touch", "第几次", "From 1.");
  public static final Field CHANNEL = C.required("channel", STRING, "Channel", "渠道", "How.");
  public static final Field DUE_FROM_ON =
      C.required("due_from_on", DATE, "Due from", "最早日", "Day.");
  public static final Field DUE_ON = C.required("due_on", DATE, "Due", "截止日", "Day.");
  public static final Field DONE_ON =
      C.optional(
          "done_on",
          DATE,
          "Done",
          "完成日",
          "Day of the first contact made from the due-from day on; null if none.");
  public static final Field STATE =
      C.required(
          "state", STRING, "State", "状态", "DONE, DONE_LATE, OPEN or OVERDUE on the as-of day.");
  public static final Field IS_CORE =
      C.optional("is_core", BOOL, "Core customer", "核心客户", "Of the customer.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "follow_up_board",
          "Follow-up board",
          "回访看板",
          "one row per duty due in the last 35 or next 14 days",
          "customer relations");

  private FollowUpBoard() {}
}
