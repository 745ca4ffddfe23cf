package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: technicians after case mix, and clusters of like technicians. */
public final class TechnicianClusters {
  private static final Columns C = new Columns();
  public static final Field STAFF_ID = C.key("staff_id", STRING, "Technician", "技师", "staff_id.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID = C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer.");
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
          "Clocked over expected hours, shrunk to 1; below 1 is faster.");
  public static final Field FIRST_TIME_FIX_RATE =
      C.required(
          "first_time_fix_rate",
          DOUBLE,
          "First-time fix",
          "一次修复率",
          "Adjusted for case mix, shrunk to the group's rate.");
  public static final Field FIRST_TIME_FIX_LOWER_RATE =
      C.required(
          "first_time_fix_lower_rate",
          DOUBLE,
          "First-time fix, lower",
          "一次修复率下限",
          "Lower end of the 95 % interval.");
  public static final Field FIRST_TIME_FIX_UPPER_RATE =
      C.required(
          "first_time_fix_upper_rate",
          DOUBLE,
          "First-time fix, upper",
          "一次修复率上限",
          "Upper end of the 95 % interval.");
  public static final Field RAW_FIRST_TIME_FIX_RATE =
      C.required(
          "raw_first_time_fix_rate",
          DOUBLE,
          "First-time fix, raw",
          "原始一次修复率",
          "Without adjustment: the naive rule.");
  public static final Field PRAISE_RATE =
      C.required("praise_rate", DOUBLE, "Praise", "好评率", "Share of answers with praise, shrunk.");
  public static final Field QUALITY_SCORE =
      C.required(
          "quality_score",
          DOUBLE,
          "Quality score",
          "质量分",
          "Mean of the three measures' standard scores, higher is better.");
  public static final Field CLUSTER_NO =
      C.required("cluster_no", INT, "Cluster", "簇", "Number in order of quality.");
  public static final Field CLUSTER_LABEL_EN =
      C.required("cluster_label_en", STRING, "Cluster name", "簇名称(英)", "From the centroid.");
  public static final Field CLUSTER_LABEL_ZH =
      C.required("cluster_label_zh", STRING, "Cluster name, Chinese", "簇名称", "From the centroid.");
  public static final Field IS_BENCHMARK =
      C.required(
          "is_benchmark",
          BOOL,
          "Benchmark",
          "标杆技师",
          "True in the best cluster with an interval above the group's rate.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model", "模型", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "technician_clusters",
          "Technician clusters",
          "技师分群",
          "one row per technician with enough work and day scored",
          "data science");

  private TechnicianClusters() {}
}
