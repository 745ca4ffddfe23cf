package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: what each customer did in a month; months without a visit have no row. */
public final class CustomerMonths {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person or account.");
  public static final Field DEALER_ID = C.key(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field MONTH_ON =
      C.key("month_on", DATE, "Month", "月份", "First day of the month.");
  public static final Field ACCOUNT_CLASS =
      C.required(
          "account_class",
          STRING,
          "Account class",
          "客户类别",
          "PERSON, FLEET, INSURER or DEALER_INTERNAL.");
  public static final Field VISITS_COUNT =
      C.required(
          "visits_count",
          INT,
          "Visits",
          "进厂次数",
          "Visit days of the month: orders of one day count once.");
  public static final Field FIRST_VISIT_ON =
      C.required("first_visit_on", DATE, "First visit", "首次进厂", "First visit day of the month.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "Last visit day of the month.");
  public static final Field NET_AMOUNT_MINOR =
      C.required("net_amount_minor", LONG, "Net amount", "金额", "Hundredths.");
  public static final Field CUSTOMER_PAY_AMOUNT_MINOR =
      C.required("customer_pay_amount_minor", LONG, "Customer pay", "客户自付", "Hundredths.");
  public static final Field MARGIN_AMOUNT_MINOR =
      C.required("margin_amount_minor", LONG, "Margin", "毛利", "Net less cost, hundredths.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "customer_months",
          "Customer months",
          "客户月",
          "one row per customer, dealer and month with a visit",
          "customer relations");

  private CustomerMonths() {}
}
