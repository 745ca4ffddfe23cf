package io.servicelake.contract.feature;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Feature: twelve months of a technician's work at the end of a day, beside what the case mix leads
 * one to expect.
 */
public final class TechnicianSnapshots {
  private static final Columns C = new Columns();
  public static final Field STAFF_ID = C.key("staff_id", STRING, "Technician", "技师", "staff_id.");
  public static final Field SNAPSHOT_ON = C.key("snapshot_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID = C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer.");
  public static final Field LEVEL =
      C.optional("level", STRING, "Level", "等级", "APPRENTICE to EXPERT.");
  public static final Field JOBS_12M_COUNT =
      C.required("jobs_12m_count", INT, "Jobs, 12 months", "近12月作业", "Repair jobs delivered.");
  public static final Field MATURED_JOBS_12M_COUNT =
      C.required(
          "matured_jobs_12m_count",
          INT,
          "Matured jobs",
          "成熟作业",
          "Repair jobs whose 30 days have passed.");
  public static final Field COMEBACKS_12M_COUNT =
      C.required("comebacks_12m_count", INT, "Comebacks", "返修数", "Matured jobs that came back.");
  public static final Field EXPECTED_COMEBACKS_12M_COUNT =
      C.required(
          "expected_comebacks_12m_count",
          DOUBLE,
          "Expected comebacks",
          "期望返修数",
          "Sum over matured jobs of the group's rate for the component.");
  public static final Field FLAT_RATE_12M_HOURS =
      C.required("flat_rate_12m_hours", DOUBLE, "Flat-rate hours", "定额工时", "Sold on jobs.");
  public static final Field CLOCKED_12M_HOURS =
      C.required("clocked_12m_hours", DOUBLE, "Clocked hours", "实际工时", "Worked on jobs.");
  public static final Field EXPECTED_CLOCKED_12M_HOURS =
      C.required(
          "expected_clocked_12m_hours",
          DOUBLE,
          "Expected hours",
          "期望工时",
          "Flat-rate hours times the group's clocked per flat-rate hour of the component.");
  public static final Field SURVEYS_12M_COUNT =
      C.required(
          "surveys_12m_count",
          INT,
          "Answers",
          "回访答复",
          "Contacts reached on the technician's visits.");
  public static final Field PRAISES_12M_COUNT =
      C.required("praises_12m_count", INT, "Praises", "表扬", "Of them with praise.");
  public static final Field MEAN_REPAIR_MARK =
      C.optional("mean_repair_mark", DOUBLE, "Repair mark", "维修效果均分", "Mean; null without answer.");
  public static final Field COMPONENTS_12M_COUNT =
      C.required(
          "components_12m_count", INT, "Components", "部件种类", "Distinct components worked on.");
  public static final TableContract TABLE =
      C.table(
          Layer.FEATURE,
          "technician_snapshots",
          "Technician snapshots",
          "技师快照",
          "one row per technician with work in 12 months and day on which it changed; all at month ends",
          "data science");

  private TechnicianSnapshots() {}
}
