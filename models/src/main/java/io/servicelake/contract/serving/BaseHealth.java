package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: the customer base month by month; 12 months without a visit is lost. */
public final class BaseHealth {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field MONTH_ON =
      C.key("month_on", DATE, "Month", "月份", "First day of the month.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field UNTIL_ON =
      C.required("until_on", DATE, "Until", "截至日", "Last day counted.");
  public static final Field NEW_COUNT =
      C.required("new_count", LONG, "New", "新增", "Customers with their first visit at the dealer.");
  public static final Field REGAINED_COUNT =
      C.required(
          "regained_count", LONG, "Regained", "挽回", "Customers back after having been lost.");
  public static final Field LOST_COUNT =
      C.required(
          "lost_count", LONG, "Lost", "流失", "Customers whose last visit became 12 months old.");
  public static final Field ACTIVE_COUNT =
      C.required(
          "active_count",
          LONG,
          "Active",
          "活跃",
          "Customers with a visit within 12 months at the end.");
  public static final Field IS_HEALTHY =
      C.required("is_healthy", BOOL, "Healthy", "健康", "New and regained at least equal lost.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "base_health",
          "Base health",
          "基盘健康",
          "one row per dealer and month",
          "after-sales operations");

  private BaseHealth() {}
}
