package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.kpi.AllKpis;

/** Serving: the additive parts of every ratio, per dealer and day. */
public final class DealerDays {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field DAY_ON = C.key("day_on", DATE, "Day", "日期", "Day in the lake's zone.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);

  static {
    AllKpis.RATIOS.forEach(kpi -> kpi.fields().forEach(C::with));
  }

  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "dealer_days",
          "Dealer days",
          "经销商日报",
          "one row per dealer and day on which something counts",
          "after-sales operations");

  private DealerDays() {}
}
