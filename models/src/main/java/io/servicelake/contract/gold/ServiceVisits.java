package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Gold: workshop visits, current view, the person resolved; same-day orders of a vehicle stay
 * apart.
 */
public final class ServiceVisits {
  private static final Columns C = new Columns();
  public static final Field REPAIR_ORDER_ID =
      C.key(
          "repair_order_id",
          STRING,
          "Repair order",
          "工单",
          "Dealer and its order number, colon between.");
  public static final Field VISIT_ON = C.with(VisitVersions.VISIT_ON);
  public static final Field DELIVERED_ON =
      C.optional(
          "delivered_on",
          DATE,
          "Delivery day",
          "交车日",
          "Day of delivery in the lake's zone; null while open.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CUSTOMER_ID =
      C.optional(
          "customer_id",
          STRING,
          "Customer",
          "客户",
          "The person or account; null if the order names none.");
  public static final Field CUSTOMER_RECORD_ID =
      C.optional(
          "customer_record_id", STRING, "Customer file", "客户档案", "The dealer's file on the order.");
  public static final Field ACCOUNT_CLASS =
      C.optional(
          "account_class",
          STRING,
          "Account class",
          "客户类别",
          "PERSON, FLEET, INSURER or DEALER_INTERNAL; null without customer.");
  public static final Field VEHICLE_ID =
      C.with(io.servicelake.contract.silver.Vehicles.VEHICLE_ID.orNull());
  public static final Field MODEL =
      C.optional("model", STRING, "Model", "车型", "Model of the vehicle.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "ICE, HEV, PHEV, BEV.");
  public static final Field ADVISOR_ID =
      C.optional("advisor_id", STRING, "Service advisor", "服务顾问", "staff_id of the advisor.");
  public static final Field RECEIVED_AT = C.with(VisitVersions.RECEIVED_AT);
  public static final Field PROMISED_AT = C.with(VisitVersions.PROMISED_AT);
  public static final Field DELIVERED_AT =
      C.optional("delivered_at", TIMESTAMP, "Delivered", "交车时间", "Handed over; null while open.");
  public static final Field ODOMETER_KM =
      C.optional("odometer_km", INT, "Odometer", "里程", "Plausible reading, km.");
  public static final Field CONCERN_CODE = C.with(VisitVersions.CONCERN_CODE);
  public static final Field IS_APPOINTMENT = C.with(VisitVersions.IS_APPOINTMENT);
  public static final Field IS_MAINTENANCE = C.with(VisitVersions.IS_MAINTENANCE);
  public static final Field IS_REPAIR = C.with(VisitVersions.IS_REPAIR);
  public static final Field IS_ACCIDENT = C.with(VisitVersions.IS_ACCIDENT);
  public static final Field IS_LATE = C.with(VisitVersions.IS_LATE);
  public static final Field COMPONENTS = C.with(VisitVersions.COMPONENTS);
  public static final Field DECLINED_COMPONENTS = C.with(VisitVersions.DECLINED_COMPONENTS);
  public static final Field LINES_COUNT = C.with(VisitVersions.LINES_COUNT);
  public static final Field NET_AMOUNT_MINOR = C.with(VisitVersions.NET_AMOUNT_MINOR);
  public static final Field LABOUR_AMOUNT_MINOR = C.with(VisitVersions.LABOUR_AMOUNT_MINOR);
  public static final Field PARTS_AMOUNT_MINOR = C.with(VisitVersions.PARTS_AMOUNT_MINOR);
  public static final Field GENUINE_PARTS_AMOUNT_MINOR =
      C.with(VisitVersions.GENUINE_PARTS_AMOUNT_MINOR);
  public static final Field CUSTOMER_PAY_AMOUNT_MINOR =
      C.with(VisitVersions.CUSTOMER_PAY_AMOUNT_MINOR);
  public static final Field WARRANTY_AMOUNT_MINOR = C.with(VisitVersions.WARRANTY_AMOUNT_MINOR);
  public static final Field COST_AMOUNT_MINOR = C.with(VisitVersions.COST_AMOUNT_MINOR);
  public static final Field FLAT_RATE_HOURS = C.with(VisitVersions.FLAT_RATE_HOURS);
  public static final Field CLOCKED_HOURS = C.with(VisitVersions.CLOCKED_HOURS);
  public static final Field RECEIVED_HOUR =
      C.required("received_hour", INT, "Hour of reception", "进厂时段", "0 to 23 in the lake's zone.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "service_visits",
          "Service visits",
          "进厂台次",
          "one row per repair order that was not cancelled",
          "after-sales operations");

  private ServiceVisits() {}
}
