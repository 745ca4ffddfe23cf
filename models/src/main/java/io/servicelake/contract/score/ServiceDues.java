package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: when each vehicle is due for maintenance. */
public final class ServiceDues {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field CUSTOMER_ID =
      C.optional("customer_id", STRING, "Customer", "客户", "Holder.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer of the last visit.");
  public static final Field DUE_ON =
      C.required(
          "due_on",
          DATE,
          "Due",
          "到期日",
          "The earlier of months and kilometres, adjusted by the vehicle's own rhythm.");
  public static final Field DUE_BY =
      C.required("due_by", STRING, "Due by", "到期依据", "TIME, DISTANCE or RHYTHM.");
  public static final Field DUE_KM =
      C.optional("due_km", INT, "Due at", "到期里程", "Odometer at which it is due, km.");
  public static final Field NAIVE_DUE_ON =
      C.required(
          "naive_due_on",
          DATE,
          "Due by the calendar",
          "日历到期日",
          "Last maintenance plus the maker's months: the naive rule.");
  public static final Field LAST_MAINTENANCE_ON =
      C.optional("last_maintenance_on", DATE, "Last maintenance", "末次保养", "Null if none seen.");
  public static final Field KM_PER_DAY =
      C.required("km_per_day", DOUBLE, "Distance per day", "日均里程", "km.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model", "模型", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "service_dues",
          "Service dues",
          "保养到期",
          "one row per active vehicle and day scored",
          "data science");

  private ServiceDues() {}
}
