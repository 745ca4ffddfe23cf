package io.servicelake.contract.gold;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Gold: how far each vehicle goes, from its plausible odometer readings. */
public final class VehicleUsage {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field MODEL =
      C.optional("model", STRING, "Model", "车型", "Model of the vehicle.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "ICE, HEV, PHEV, BEV.");
  public static final Field SOLD_ON =
      C.optional("sold_on", DATE, "Sold on", "销售日期", "Day of first sale.");
  public static final Field READINGS_COUNT =
      C.required("readings_count", INT, "Readings", "里程读数", "Plausible readings.");
  public static final Field LAST_ODOMETER_KM =
      C.optional("last_odometer_km", INT, "Last odometer", "末次里程", "km.");
  public static final Field LAST_ODOMETER_ON =
      C.optional("last_odometer_on", DATE, "Last reading", "末次读数日", "Day of the last reading.");
  public static final Field KM_PER_DAY =
      C.required(
          "km_per_day",
          DOUBLE,
          "Distance per day",
          "日均里程",
          "km; shrunk to the model's median where readings are few.");
  public static final TableContract TABLE =
      C.table(
          Layer.GOLD,
          "vehicle_usage",
          "Vehicle usage",
          "车辆使用",
          "one row per vehicle with a visit",
          "after-sales operations");

  private VehicleUsage() {}
}
