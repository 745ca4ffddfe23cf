package io.servicelake.contract.ops;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Ops: the run log. */
public final class Runs {
  private static final Columns C = new Columns();
  public static final Field RUN_ID = C.key("run_id", STRING, "Run", "运行", "Identifier of the run.");
  public static final Field STEP =
      C.key("step", STRING, "Step", "步骤", "Step, or RUN for the whole.");
  public static final Field AS_OF =
      C.required("as_of", DATE, "As of", "截至日", "As-of day of the run.");
  public static final Field STARTED_AT =
      C.required("started_at", TIMESTAMP, "Started", "开始", "UTC.");
  public static final Field SECONDS = C.required("seconds", DOUBLE, "Seconds", "耗时", "Wall time.");
  public static final Field OUTCOME =
      C.required("outcome", STRING, "Outcome", "结果", "WRITTEN, UNCHANGED, SKIPPED or FAILED.");
  public static final Field ROWS_WRITTEN =
      C.optional(
          "rows_written", LONG, "Rows written", "写入行数", "As the lake's commit counted them.");
  public static final Field CODE_VERSION =
      C.optional("code_version", STRING, "Code", "代码版本", "Commit or build it ran with.");
  public static final Field CONFIG_HASH =
      C.optional(
          "config_hash",
          STRING,
          "Configuration",
          "配置哈希",
          "SHA-256 of the effective configuration.");
  public static final TableContract TABLE =
      C.table(
          Layer.OPS,
          "runs",
          "Runs",
          "运行日志",
          "one row per run and step that did something, and one per run",
          "data engineering");

  private Runs() {}
}
