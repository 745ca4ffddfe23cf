package io.servicelake.contract.ops;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Ops: what became of the rows of each source, per batch and target. */
public final class RowCounts {
  private static final Columns C = new Columns();
  public static final Field SOURCE_ID =
      C.key("source_id", STRING, "Source", "来源", "Name of the mapping.");
  public static final Field TARGET_TABLE =
      C.key("target_table", STRING, "Target", "目标表", "Silver table.");
  public static final Field BATCH_NO = C.key("batch_no", LONG, "Batch", "批次", "Ingest batch.");
  public static final Field READ_COUNT =
      C.required("read_count", LONG, "Read", "读取", "Source rows meant for the target.");
  public static final Field ACCEPTED_COUNT =
      C.required(
          "accepted_count",
          LONG,
          "Accepted",
          "接收",
          "Versions added; less those a later file displaced.");
  public static final Field REJECTED_COUNT =
      C.required("rejected_count", LONG, "Rejected", "拒收", "Rows refused, each in silver.rejects.");
  public static final Field SUPERSEDED_COUNT =
      C.required(
          "superseded_count",
          LONG,
          "Superseded",
          "被取代",
          "Rows of one key and stamp displaced by a later file.");
  public static final Field DUPLICATE_COUNT =
      C.required(
          "duplicate_count", LONG, "Duplicate", "重复", "Rows seen before with equal content.");
  public static final TableContract TABLE =
      C.table(
          Layer.OPS,
          "row_counts",
          "Row counts",
          "行数对账",
          "one row per source, target and ingest batch",
          "data engineering");

  private RowCounts() {}
}
