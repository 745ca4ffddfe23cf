package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.kpi.AllKpis;
import io.servicelake.kpi.CustomerKpis;

/**
 * Serving: the additive parts of every ratio, and what cannot be added up, per dealer and month.
 */
public final class DealerMonths {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field MONTH_ON =
      C.key("month_on", DATE, "Month", "月份", "First day of the month.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field UNTIL_ON =
      C.required(
          "until_on",
          DATE,
          "Until",
          "截至日",
          "Last day counted: the month's end, or the as-of day of an unfinished month.");

  static {
    AllKpis.RATIOS.forEach(kpi -> kpi.fields().forEach(C::with));
    CustomerKpis.MONTHLY.forEach(kpi -> kpi.fields().forEach(field -> C.with(field.orNull())));
  }

  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "dealer_months",
          "Dealer months",
          "经销商月报",
          "one row per dealer and month on which something counts",
          "after-sales operations");

  private DealerMonths() {}
}
