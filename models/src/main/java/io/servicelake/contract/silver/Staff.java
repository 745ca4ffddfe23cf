package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: staff of the dealers. */
public final class Staff {
  private static final Columns C = new Columns();
  public static final Field STAFF_ID =
      C.key(
          "staff_id",
          STRING,
          "Member of staff",
          "员工",
          "Keyed hash of the dealer and its staff number.");
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final Field ROLE =
      C.required(
          "role",
          STRING,
          "Role",
          "岗位",
          "ADVISOR, TECHNICIAN, CALLER, MANAGER, OTHER, or SYSTEM: a program or queue, no person.");
  public static final Field LEVEL =
      C.optional(
          "level",
          STRING,
          "Level",
          "等级",
          "APPRENTICE, JUNIOR, MIDDLE, SENIOR, EXPERT; null for roles without levels.");
  public static final Field HIRED_ON =
      C.optional("hired_on", DATE, "Hired on", "入职日期", "First day; null if unknown.");
  public static final Field LEFT_ON =
      C.optional("left_on", DATE, "Left on", "离职日期", "Last day; null while employed.");
  public static final Field CERTIFIED_UNTIL_ON =
      C.optional(
          "certified_until_on",
          DATE,
          "Certified until",
          "证书到期",
          "Expiry of the technical certificate; null for none.");
  public static final Field TRAINING_HOURS =
      C.optional(
          "training_hours",
          DOUBLE,
          "Training hours",
          "培训小时",
          "Hours in the current year; null if unknown.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "staff",
              "Staff",
              "员工",
              "one row per member of staff and version",
              "after-sales operations");

  private Staff() {}
}
