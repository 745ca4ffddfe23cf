package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: the way of complaints through hands and states, from the versions the source wrote. */
public final class ComplaintSteps {
  private static final Columns C = new Columns();
  public static final Field COMPLAINT_ID = C.key(ComplaintCases.COMPLAINT_ID);
  public static final Field STEP_NO =
      C.key("step_no", INT, "Step", "步骤", "Number of the step within the complaint, from 1.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field OWNER_ID =
      C.optional("owner_id", STRING, "Owner", "责任人", "staff_id of the owner; null if nobody.");
  public static final Field STATUS =
      C.optional("status", STRING, "Status", "状态", "State as the source names it.");
  public static final Field IS_SYSTEM =
      C.required(
          "is_system", BOOL, "Held by a program", "系统处理", "True if the owner's role is SYSTEM.");
  public static final Field STARTED_AT =
      C.required(
          "started_at",
          TIMESTAMP,
          "Started",
          "开始时间",
          "known_at of the first version with this owner and status.");
  public static final Field ENDED_AT =
      C.optional(
          "ended_at", TIMESTAMP, "Ended", "结束时间", "Start of the next step; null for the last.");
  public static final Field STEP_HOURS =
      C.optional("step_hours", DOUBLE, "Hours", "步骤小时", "From start to end; null for the last.");
  public static final Field IS_HAND_OVER =
      C.required(
          "is_hand_over",
          BOOL,
          "Hand-over",
          "转手",
          "True if another owner, person or program, held the step before.");
  public static final Field IS_PERSON_HAND_OVER =
      C.required(
          "is_person_hand_over",
          BOOL,
          "Hand-over between persons",
          "人员转手",
          "True if a person holds it and the last person before was another.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "complaint_steps",
          "Complaint steps",
          "投诉步骤",
          "one row per complaint and unbroken time with one owner and one status",
          "customer relations");

  private ComplaintSteps() {}
}
