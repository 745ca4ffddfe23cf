package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: promotions to core and demotions from it by month. */
public final class SegmentFlows {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field MONTH_ON =
      C.key("month_on", DATE, "Month", "月份", "First day of the month.");
  public static final Field FROM_SEGMENT =
      C.key("from_segment", STRING, "From", "原分层", "At the end of the month before; NONE if new.");
  public static final Field TO_SEGMENT =
      C.key("to_segment", STRING, "To", "现分层", "CORE, GENERAL; NONE if merged or gone.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field UNTIL_ON =
      C.required("until_on", DATE, "Until", "截至日", "Last day counted.");
  public static final Field CUSTOMERS_COUNT =
      C.required("customers_count", LONG, "Customers", "客户数", "Persons who went this way.");
  public static final Field CORE_COUNT =
      C.required(
          "core_count", LONG, "Core customers", "核心客户", "Of them core at the end: numerator.");
  public static final Field SCORED_COUNT =
      C.required(
          "scored_count",
          LONG,
          "Customers scored",
          "评分客户",
          "Of them scored at the end: denominator.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "segment_flows",
          "Segment flows",
          "分层流动",
          "one row per dealer, month, segment before and after; whose month before was scored too",
          "customer relations");

  private SegmentFlows() {}
}
