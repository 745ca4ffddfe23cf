package io.servicelake.jobs;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.Layer;
import io.servicelake.contract.TableContract;

/** Small tables for tests: orders, their lines, and what a step makes of them. */
public final class SampleTables {
  /** Silver orders. */
  public static final class Orders {
    private static final Columns C = new Columns();
    public static final Field ORDER_ID = C.key("order_id", STRING, "Order", "工单", "Order.");
    public static final Field DEALER_ID =
        C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer.");
    public static final Field ODOMETER_KM =
        C.optional("odometer_km", INT, "Odometer", "里程", "Reading, km; null if not read.");
    public static final Field RUN_ID = C.run("run_id", STRING, "Run", "运行", "Run that wrote it.");
    public static final TableContract TABLE =
        C.table(Layer.SILVER, "orders", "Orders", "工单", "one row per order", "tests");

    private Orders() {}
  }

  /** Silver lines. */
  public static final class Lines {
    private static final Columns C = new Columns();
    public static final Field LINE_ID = C.key("line_id", LONG, "Line", "行", "Line.");
    public static final Field ORDER =
        C.required("order", STRING, "Order", "工单", "order_id of its order.");
    public static final Field AMOUNT_MINOR =
        C.required("amount_minor", LONG, "Amount", "金额", "Amount, hundredths.");
    public static final TableContract TABLE =
        C.table(Layer.SILVER, "lines", "Lines", "行", "one row per line", "tests");

    private Lines() {}
  }

  /** Gold order totals. */
  public static final class Totals {
    private static final Columns C = new Columns();
    public static final Field ORDER_ID = C.key(Orders.ORDER_ID);
    public static final Field DEALER_ID = C.with(Orders.DEALER_ID);
    public static final Field LINE_COUNT =
        C.required("line_count", LONG, "Lines", "行数", "Lines of the order.");
    public static final Field TOTAL_AMOUNT_MINOR =
        C.optional("total_amount_minor", LONG, "Total", "合计", "Sum; null without lines.");
    public static final TableContract TABLE =
        C.table(Layer.GOLD, "totals", "Totals", "合计", "one row per order", "tests");

    private Totals() {}
  }

  /** Bronze rows, partitioned. */
  public static final class Parted {
    private static final Columns C = new Columns();
    public static final Field ROW_ID = C.key("row_id", LONG, "Row", "行", "Row.");
    public static final Field MONTH = C.required("month", STRING, "Month", "月", "Month.");
    public static final Field NOTE =
        C.optional("note", STRING, "Note", "备注", "Note; null for none.");
    public static final TableContract TABLE =
        C.partitionedBy(MONTH)
            .table(Layer.SILVER, "parted", "Parted", "分区", "one row per row", "tests");

    private Parted() {}
  }

  private SampleTables() {}
}
