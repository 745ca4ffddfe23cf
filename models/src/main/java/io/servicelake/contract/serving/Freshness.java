package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: how far each dealer's data reaches. */
public final class Freshness {
  private static final Columns C = new Columns();
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field FACT =
      C.key("fact", STRING, "Fact", "事实", "repair_orders, contacts or complaints.");
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field LAST_OCCURRED_ON =
      C.required("last_occurred_on", DATE, "Last event", "最近事件", "Day in the lake's zone.");
  public static final Field LAST_KNOWN_AT =
      C.required(
          "last_known_at", TIMESTAMP, "Last known", "最近知悉", "Newest stamp of the source, UTC.");
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the release.");
  public static final Field SILENT_DAYS =
      C.required(
          "silent_days", INT, "Silent", "静默天数", "Days from the last event to the as-of day.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "freshness",
          "Freshness",
          "数据新鲜度",
          "one row per dealer and kind of fact",
          "data engineering");

  private Freshness() {}
}
