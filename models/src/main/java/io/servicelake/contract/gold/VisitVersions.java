package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: workshop visits in every version that was ever known: what features look back on. */
public final class VisitVersions {
  private static final Columns C = new Columns();
  public static final Field REPAIR_ORDER_ID =
      C.key(
          "repair_order_id",
          STRING,
          "Repair order",
          "工单",
          "Dealer and its order number, colon between.");
  public static final Field KNOWN_AT = C.key(Versioned.KNOWN_AT);
  public static final Field SUPERSEDED_AT = C.with(Versioned.SUPERSEDED_AT);
  public static final Field VISIT_ON =
      C.required("visit_on", DATE, "Visit day", "进厂日", "Day of reception in the lake's zone.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_RECORD_ID =
      C.with(io.servicelake.contract.silver.Customers.CUSTOMER_RECORD_ID.orNull());
  public static final Field VEHICLE_ID =
      C.with(io.servicelake.contract.silver.Vehicles.VEHICLE_ID.orNull());
  public static final Field ADVISOR_ID =
      C.optional(
          "advisor_id",
          STRING,
          "Service advisor",
          "服务顾问",
          "staff_id of the advisor; null if not given.");
  public static final Field RECEIVED_AT =
      C.required("received_at", TIMESTAMP, "Received", "进厂时间", "Reception.");
  public static final Field PROMISED_AT =
      C.optional("promised_at", TIMESTAMP, "Promised", "期望交车时间", "Promised hand-over.");
  public static final Field DELIVERED_AT =
      C.optional("delivered_at", TIMESTAMP, "Delivered", "交车时间", "Handed over; null while open.");
  public static final Field ODOMETER_KM =
      C.optional(
          "odometer_km",
          INT,
          "Odometer",
          "里程",
          "Plausible reading at reception, km; null if not read or implausible.");
  public static final Field CONCERN_CODE =
      C.optional("concern_code", STRING, "Concern", "故障代码", "Code of the customer's concern.");
  public static final Field IS_APPOINTMENT =
      C.required("is_appointment", BOOL, "By appointment", "预约进厂", "True if booked ahead.");
  public static final Field IS_MAINTENANCE =
      C.required(
          "is_maintenance", BOOL, "Maintenance", "含保养", "True if a maintenance line was done.");
  public static final Field IS_REPAIR =
      C.required("is_repair", BOOL, "Repair", "含维修", "True if a repair line was done.");
  public static final Field IS_ACCIDENT =
      C.required("is_accident", BOOL, "Accident", "含事故", "True if an accident line was done.");
  public static final Field IS_LATE =
      C.required("is_late", BOOL, "Late", "超时交车", "True if delivered after the promised time.");
  public static final Field COMPONENTS =
      C.required(
          "components",
          STRINGS,
          "Components repaired",
          "维修部件",
          "Distinct components of repair lines done, sorted.");
  public static final Field DECLINED_COMPONENTS =
      C.required(
          "declined_components",
          STRINGS,
          "Components declined",
          "拒修部件",
          "Distinct components advised and refused, sorted.");
  public static final Field LINES_COUNT =
      C.required("lines_count", INT, "Lines", "行数", "Lines done; a reversal takes its line back.");
  public static final Field NET_AMOUNT_MINOR =
      C.required("net_amount_minor", LONG, "Net amount", "金额", "All lines, hundredths.");
  public static final Field LABOUR_AMOUNT_MINOR =
      C.required("labour_amount_minor", LONG, "Labour", "工时费", "Labour lines, hundredths.");
  public static final Field PARTS_AMOUNT_MINOR =
      C.required("parts_amount_minor", LONG, "Parts", "配件费", "Part lines, hundredths.");
  public static final Field GENUINE_PARTS_AMOUNT_MINOR =
      C.required(
          "genuine_parts_amount_minor",
          LONG,
          "Genuine parts",
          "正厂配件费",
          "Genuine part lines, hundredths.");
  public static final Field CUSTOMER_PAY_AMOUNT_MINOR =
      C.required(
          "customer_pay_amount_minor",
          LONG,
          "Customer pay",
          "客户自付",
          "Lines the customer pays, hundredths.");
  public static final Field WARRANTY_AMOUNT_MINOR =
      C.required("warranty_amount_minor", LONG, "Warranty", "索赔", "Warranty lines, hundredths.");
  public static final Field COST_AMOUNT_MINOR =
      C.required("cost_amount_minor", LONG, "Cost", "成本", "Lines with a cost, hundredths.");
  public static final Field FLAT_RATE_HOURS =
      C.required("flat_rate_hours", HOURS, "Flat-rate hours", "定额工时", "Labour sold, hours.");
  public static final Field CLOCKED_HOURS =
      C.required("clocked_hours", HOURS, "Clocked hours", "实际工时", "Labour worked, hours.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "visit_versions",
          "Visit versions",
          "进厂版本",
          "one row per repair order and change of its header or lines; cancelled orders are left out",
          "after-sales operations");

  private VisitVersions() {}
}
