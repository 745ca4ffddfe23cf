package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: the customer base period by period, by each definition of a lost customer. */
public final class BaseHealth {
  /** The definition that stands where one alone is shown: lost 12 months after the last visit. */
  public static final String DEFAULT_DEFINITION = "NO_VISIT_12M";

  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field DEFINITION =
      C.key(
          "definition",
          STRING,
          "Definition of lost",
          "流失口径",
          "NO_VISIT_12M, NO_VISIT_6M, SEEN_YEAR_BEFORE_LAST, DUE_NOT_COME, SERVICE_CLOCK.");
  public static final Field MONTH_ON =
      C.key(
          "month_on", DATE, "Month", "月份", "First day of the month; of a year, its last month's.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field UNTIL_ON =
      C.required("until_on", DATE, "Until", "截至日", "Last day counted.");
  public static final Field PERIOD_MONTHS =
      C.required("period_months", INT, "Period", "周期", "Months counted: 1, by whole years 12.");
  public static final Field NEW_COUNT =
      C.required("new_count", LONG, "New", "新增", "Customers with their first visit at the dealer.");
  public static final Field REGAINED_COUNT =
      C.required(
          "regained_count", LONG, "Regained", "挽回", "Customers back after having been lost.");
  public static final Field LOST_COUNT =
      C.required(
          "lost_count", LONG, "Lost", "流失", "Customers lost by the definition in the period.");
  public static final Field ACTIVE_COUNT =
      C.required("active_count", LONG, "Active", "活跃", "Customers not lost at the end.");
  public static final Field IS_HEALTHY =
      C.required("is_healthy", BOOL, "Healthy", "健康", "New and regained at least equal lost.");
  public static final Field IS_NEW_AT_LEAST_LOST =
      C.required(
          "is_new_at_least_lost",
          BOOL,
          "New at least lost",
          "新增不少于流失",
          "New alone, regained or not.");
  public static final Field NEW_AT_LEAST_LOST_RUN_COUNT =
      C.required(
          "new_at_least_lost_run_count",
          LONG,
          "Periods in a row",
          "连续期数",
          "Periods one after the other, up to this one, with new at least lost. A period not over yet neither adds to them nor ends them.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "base_health",
          "Base health",
          "基盘健康",
          "one row per dealer, definition of lost and period",
          "after-sales operations");

  private BaseHealth() {}
}
