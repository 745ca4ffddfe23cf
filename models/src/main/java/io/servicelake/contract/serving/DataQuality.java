package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: what became of the rows of each source. */
public final class DataQuality {
  private static final Columns C = new Columns();
  public static final Field SOURCE_ID =
      C.key("source_id", STRING, "Source", "来源", "Name of the mapping.");
  public static final Field TARGET_TABLE =
      C.key("target_table", STRING, "Target", "目标表", "Silver table.");
  public static final Field READ_COUNT =
      C.required("read_count", LONG, "Read", "读取", "Rows meant for the target.");
  public static final Field ACCEPTED_COUNT =
      C.required("accepted_count", LONG, "Accepted", "接收", "Versions in the table.");
  public static final Field REJECTED_COUNT =
      C.required("rejected_count", LONG, "Rejected", "拒收", "Refused with a reason.");
  public static final Field SUPERSEDED_COUNT =
      C.required("superseded_count", LONG, "Superseded", "被取代", "Displaced by a later file.");
  public static final Field DUPLICATE_COUNT =
      C.required("duplicate_count", LONG, "Duplicate", "重复", "Seen before.");
  public static final Field BALANCE_COUNT =
      C.required(
          "balance_count", LONG, "Balance", "差额", "Read less all fates: 0 or something is lost.");
  public static final Field REJECT_RATE =
      C.required("reject_rate", DOUBLE, "Reject share", "拒收率", "Rejected of read.");
  public static final Field TOP_REASON =
      C.optional(
          "top_reason",
          STRING,
          "Most frequent reason",
          "主要原因",
          "Reason code of most rejects; null without.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "data_quality",
          "Data quality",
          "数据质量",
          "one row per source and target",
          "data engineering");

  private DataQuality() {}
}
