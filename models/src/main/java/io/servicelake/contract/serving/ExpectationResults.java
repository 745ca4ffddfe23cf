package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: whether the tables are what is expected of them. */
public final class ExpectationResults {
  private static final Columns C = new Columns();
  public static final Field TABLE_NAME =
      C.key("table_name", STRING, "Table", "数据表", "Layer and name of the table.");
  public static final Field EXPECTATION =
      C.key("expectation", STRING, "Expectation", "期望", "Name of the expectation.");
  public static final Field OUTCOME =
      C.required(
          "outcome",
          STRING,
          "Outcome",
          "结果",
          "PASSED, WARNED, STOPPED, ACCEPTED (a known breach) or NOT_TESTED (too few rows).");
  public static final Field MEASURED =
      C.optional(
          "measured",
          DOUBLE,
          "Measured",
          "实测值",
          "Share of rows that break it, days, spreads, index or distance; null if not tested.");
  public static final Field WARN_ABOVE =
      C.optional("warn_above", DOUBLE, "Told above", "告警阈值", "Limit above which it is told.");
  public static final Field STOP_ABOVE =
      C.optional(
          "stop_above", DOUBLE, "Stops above", "停止阈值", "Limit above which it stops; null: never.");
  public static final Field CHECKED_COUNT =
      C.required("checked_count", LONG, "Rows checked", "检查行数", "Rows it was measured over.");
  public static final Field BROKEN_COUNT =
      C.required(
          "broken_count", LONG, "Rows broken", "违反行数", "Rows that break it; 0 if not by row.");
  public static final Field SCOPE =
      C.required(
          "scope", STRING, "Scope", "范围", "WHOLE, or CHANGED: rows changed since the last check.");
  public static final Field DETAIL =
      C.required("detail", STRING, "Detail", "说明", "What was found, in words.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "expectation_results",
          "Expectations",
          "数据期望",
          "one row per table and expectation",
          "data engineering");

  private ExpectationResults() {}
}
