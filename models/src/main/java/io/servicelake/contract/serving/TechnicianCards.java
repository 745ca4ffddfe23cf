package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: technicians after case mix. */
public final class TechnicianCards {
  private static final Columns C = new Columns();
  public static final Field STAFF_ID =
      C.key("staff_id", STRING, "Technician", "技师", "staff_id, pseudonymous.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the scores.");
  public static final Field LEVEL =
      C.optional("level", STRING, "Level", "等级", "APPRENTICE to EXPERT.");
  public static final Field JOBS_12M_COUNT =
      C.required("jobs_12m_count", INT, "Jobs, 12 months", "近12月作业", "Repair jobs.");
  public static final Field TIME_RATIO =
      C.required(
          "time_ratio",
          DOUBLE,
          "Time ratio",
          "工时比",
          "Below 1 is faster than the case mix leads one to expect.");
  public static final Field FIRST_TIME_FIX_RATE =
      C.required("first_time_fix_rate", DOUBLE, "First-time fix", "一次修复率", "Adjusted and shrunk.");
  public static final Field FIRST_TIME_FIX_LOWER_RATE =
      C.required(
          "first_time_fix_lower_rate",
          DOUBLE,
          "First-time fix, lower",
          "一次修复率下限",
          "95 % interval.");
  public static final Field FIRST_TIME_FIX_UPPER_RATE =
      C.required(
          "first_time_fix_upper_rate",
          DOUBLE,
          "First-time fix, upper",
          "一次修复率上限",
          "95 % interval.");
  public static final Field RAW_FIRST_TIME_FIX_RATE =
      C.required(
          "raw_first_time_fix_rate", DOUBLE, "First-time fix, raw", "原始一次修复率", "Unadjusted.");
  public static final Field PRAISE_RATE =
      C.required("praise_rate", DOUBLE, "Praise", "好评率", "Shrunk.");
  public static final Field QUALITY_SCORE =
      C.required("quality_score", DOUBLE, "Quality score", "质量分", "Higher is better.");
  public static final Field CLUSTER_LABEL_EN =
      C.required("cluster_label_en", STRING, "Cluster name", "簇名称(英)", "From the centroid.");
  public static final Field CLUSTER_LABEL_ZH =
      C.required("cluster_label_zh", STRING, "Cluster name, Chinese", "簇名称", "From the centroid.");
  public static final Field IS_BENCHMARK =
      C.required("is_benchmark", BOOL, "Benchmark", "标杆技师", "A model for others.");
  public static final Field CERTIFIED_UNTIL_ON =
      C.optional("certified_until_on", DATE, "Certified until", "证书到期", "Null for none.");
  public static final Field TRAINING_HOURS =
      C.optional("training_hours", DOUBLE, "Training hours", "培训小时", "Current year.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "technician_cards",
          "Technician cards",
          "技师卡",
          "one row per technician of the latest scores",
          "workshop");

  private TechnicianCards() {}
}
