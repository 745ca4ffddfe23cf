package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: rows that broke a contract, with the reason; kept for replay. */
public final class Rejects {
  private static final Columns C = new Columns();
  public static final Field BRONZE_ID = C.key(io.servicelake.contract.bronze.SourceRows.BRONZE_ID);
  public static final Field TARGET_TABLE =
      C.key("target_table", STRING, "Target", "目标表", "Name of the silver table.");
  public static final Field SOURCE_ID =
      C.required("source_id", STRING, "Source", "来源", "Name of the mapping that read it.");
  public static final Field REASON_CODE =
      C.required(
          "reason_code",
          STRING,
          "Reason code",
          "原因代码",
          "MISSING_KEY, MISSING_VALUE, BAD_DATE, BAD_NUMBER, UNKNOWN_CODE, OUT_OF_RANGE, FUTURE_STAMP, BAD_ROW, UNKNOWN_VERSION.");
  public static final Field REASON =
      C.required(
          "reason",
          STRING,
          "Reason",
          "原因",
          "Column, value and what was expected; personal values masked.");
  public static final Field FILE_NAME =
      C.required("file_name", STRING, "File", "文件", "File it stands in.");
  public static final Field LINE_NUMBER =
      C.required("line_number", LONG, "Line", "行号", "Line in the file.");
  public static final Field PAYLOAD =
      C.required("payload", STRING, "Payload", "内容", "The redacted row, to be replayed.");
  public static final Field BATCH_NO = C.run("batch_no", LONG, "Batch", "批次", "Ingest batch.");
  public static final TableContract TABLE =
      C.table(
          Layer.SILVER,
          "rejects",
          "Rejects",
          "拒收行",
          "one row per source row and target it was refused for",
          "data engineering");

  private Rejects() {}
}
