package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: vehicles due for maintenance; pseudonymous. */
public final class ServiceDueList {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the scores.");
  public static final Field CUSTOMER_ID =
      C.optional("customer_id", STRING, "Customer", "客户", "Holder, pseudonymous.");
  public static final Field MODEL = C.optional("model", STRING, "Model", "车型", "Model.");
  public static final Field DUE_ON = C.required("due_on", DATE, "Due", "到期日", "Day.");
  public static final Field DUE_WEEK_ON =
      C.required("due_week_on", DATE, "Due week", "到期周", "Monday of the week.");
  public static final Field DUE_BY =
      C.required("due_by", STRING, "Due by", "到期依据", "TIME, DISTANCE or RHYTHM.");
  public static final Field DUE_KM = C.optional("due_km", INT, "Due at", "到期里程", "Odometer, km.");
  public static final Field LAST_MAINTENANCE_ON =
      C.optional("last_maintenance_on", DATE, "Last maintenance", "末次保养", "Day.");
  public static final Field IS_CORE =
      C.optional("is_core", BOOL, "Core customer", "核心客户", "Of the holder.");
  public static final Field CHURN_180D_PROBABILITY =
      C.optional(
          "churn_180d_probability", DOUBLE, "Loss probability", "180天流失概率", "Of the holder.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "service_due_list",
          "Service due list",
          "保养到期名单",
          "one row per vehicle due from 90 days before to 60 days after the as-of day",
          "workshop");

  private ServiceDueList() {}
}
