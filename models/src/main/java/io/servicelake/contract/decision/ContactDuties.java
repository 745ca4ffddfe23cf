package io.servicelake.contract.decision;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Decision: which customer is owed which contact by when; frozen once another day was run. */
public final class ContactDuties {
  private static final Columns C = new Columns();
  public static final Field DUTY_ID =
      C.key("duty_id", STRING, "Duty", "任务", "Visit, profile and touch, colon between.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_ID =
      C.required("customer_id", STRING, "Customer", "客户", "As resolved on the day of assignment.");
  public static final Field REPAIR_ORDER_ID =
      C.required("repair_order_id", STRING, "Repair order", "工单", "Visit to be followed up.");
  public static final Field CADENCE =
      C.required("cadence", STRING, "Cadence", "回访节奏", "Profile it follows from.");
  public static final Field TOUCH_NO =
      C.required("touch_no", INT, "Touch", "第几次", "Counted from 1.");
  public static final Field CHANNEL =
      C.required("channel", STRING, "Channel", "渠道", "PHONE, SMS, APP or LETTER.");
  public static final Field DUE_FROM_ON =
      C.required("due_from_on", DATE, "Due from", "最早日", "First day it may be made.");
  public static final Field DUE_ON =
      C.required("due_on", DATE, "Due", "截止日", "Last day it should be made.");
  public static final Field ASSIGNED_ON =
      C.required("assigned_on", DATE, "Assigned on", "分派日", "As-of day it was assigned on.");
  public static final TableContract TABLE =
      C.table(
          Layer.DECISION,
          "contact_duties",
          "Contact duties",
          "回访任务",
          "one row per visit, profile and touch",
          "customer relations");

  private ContactDuties() {}
}
