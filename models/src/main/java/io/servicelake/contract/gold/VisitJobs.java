package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: repair jobs, the unit of first-time fix. */
public final class VisitJobs {
  private static final Columns C = new Columns();
  public static final Field REPAIR_ORDER_ID = C.key(ServiceVisits.REPAIR_ORDER_ID);
  public static final Field COMPONENT_CODE =
      C.key(
          "component_code",
          STRING,
          "Component",
          "部件",
          "Component worked on; the concern code where lines name no component.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field VEHICLE_ID =
      C.with(io.servicelake.contract.silver.Vehicles.VEHICLE_ID.orNull());
  public static final Field TECHNICIAN_ID =
      C.optional(
          "technician_id",
          STRING,
          "Technician",
          "技师",
          "staff_id with most clocked hours on the job; ties to the smaller id.");
  public static final Field MODEL =
      C.optional("model", STRING, "Model", "车型", "Model of the vehicle.");
  public static final Field DELIVERED_ON =
      C.required(
          "delivered_on",
          DATE,
          "Delivery day",
          "交车日",
          "Day of delivery; open orders are left out.");
  public static final Field MATURES_ON =
      C.required(
          "matures_on",
          DATE,
          "Matures on",
          "成熟日",
          "30 days after delivery: from then on the outcome counts.");
  public static final Field IS_COMEBACK =
      C.required(
          "is_comeback",
          BOOL,
          "Came back",
          "返修",
          "True if the vehicle returned within 30 days for the same component or concern.");
  public static final Field COMEBACK_REPAIR_ORDER_ID =
      C.optional(
          "comeback_repair_order_id",
          STRING,
          "Comeback order",
          "返修工单",
          "First such order; null for none.");
  public static final Field FLAT_RATE_HOURS =
      C.required("flat_rate_hours", HOURS, "Flat-rate hours", "定额工时", "Labour sold on the job.");
  public static final Field CLOCKED_HOURS =
      C.required("clocked_hours", HOURS, "Clocked hours", "实际工时", "Labour worked on the job.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "visit_jobs",
          "Visit jobs",
          "维修作业",
          "one row per repair order and component of its repair lines done",
          "after-sales operations");

  private VisitJobs() {}
}
