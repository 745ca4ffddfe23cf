package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: repair orders, one workshop visit each. */
public final class RepairOrders {
  private static final Columns C = new Columns();
  public static final Field REPAIR_ORDER_ID =
      C.key(
          "repair_order_id",
          STRING,
          "Repair order",
          "工单",
          "Dealer and its order number, colon between.");
  public static final Field DEALER_ID = C.with(Dealers.DEALER_ID);
  public static final Field CUSTOMER_RECORD_ID = C.with(Customers.CUSTOMER_RECORD_ID.orNull());
  public static final Field VEHICLE_ID = C.with(Vehicles.VEHICLE_ID.orNull());
  public static final Field PLATE_TOKEN =
      C.optional(
          "plate_token",
          STRING,
          "Plate token",
          "车牌令牌",
          "Keyed hash of the plate on the order; finds the vehicle where the VIN is missing.");
  public static final Field ADVISOR_ID =
      C.optional(
          "advisor_id",
          STRING,
          "Service advisor",
          "服务顾问",
          "staff_id of the advisor; null if not given.");
  public static final Field STATUS =
      C.required("status", STRING, "Status", "状态", "OPEN, COMPLETED, DELIVERED, CANCELLED.");
  public static final Field APPOINTMENT_AT =
      C.optional(
          "appointment_at",
          TIMESTAMP,
          "Appointment",
          "预约时间",
          "Booked time; null without appointment.");
  public static final Field RECEIVED_AT =
      C.required("received_at", TIMESTAMP, "Received", "进厂时间", "Reception.");
  public static final Field PROMISED_AT =
      C.optional(
          "promised_at",
          TIMESTAMP,
          "Promised",
          "期望交车时间",
          "Promised hand-over; null if none was promised.");
  public static final Field COMPLETED_AT =
      C.optional(
          "completed_at",
          TIMESTAMP,
          "Completed",
          "完工时间",
          "Work and quality control done; null while open.");
  public static final Field DELIVERED_AT =
      C.optional("delivered_at", TIMESTAMP, "Delivered", "交车时间", "Handed over; null while open.");
  public static final Field ODOMETER_KM =
      C.optional(
          "odometer_km", INT, "Odometer", "里程", "Reading at reception, km; null if not read.");
  public static final Field CONCERN_CODE =
      C.optional(
          "concern_code",
          STRING,
          "Concern",
          "故障代码",
          "Code of the customer's concern; null for none.");
  public static final Field CONCERN_MASKED =
      C.optional(
          "concern_masked",
          STRING,
          "Concern, masked",
          "故障描述",
          "The customer's words, personal values masked.");
  public static final Field QUOTED_AMOUNT_MINOR =
      C.optional(
          "quoted_amount_minor",
          LONG,
          "Quoted",
          "报价",
          "Quote, hundredths of the currency; null if none.");
  public static final Field CURRENCY =
      C.required("currency", STRING, "Currency", "币种", "ISO 4217 code.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "repair_orders",
              "Repair orders",
              "维修工单",
              "one row per repair order and version",
              "after-sales operations");

  private RepairOrders() {}
}
