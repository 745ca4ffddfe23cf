package io.servicelake.contract.feature;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Feature: what was known of a vehicle at the end of a day. */
public final class VehicleSnapshots {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field SNAPSHOT_ON = C.key("snapshot_on", DATE, "As of", "截至日", "The day.");
  public static final Field CUSTOMER_ID =
      C.optional(
          "customer_id",
          STRING,
          "Customer",
          "客户",
          "Holder: the person or fleet that brought it last; another account where none did.");
  public static final Field CUSTOMER_SINCE_ON =
      C.optional(
          "customer_since_on",
          DATE,
          "Holder since",
          "车主首次进厂",
          "First visit of the holder with it.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer of the last visit.");
  public static final Field MODEL = C.optional("model", STRING, "Model", "车型", "Model.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "ICE, HEV, PHEV, BEV.");
  public static final Field SOLD_ON = C.optional("sold_on", DATE, "Sold on", "销售日期", "First sale.");
  public static final Field WARRANTY_UNTIL_ON =
      C.optional("warranty_until_on", DATE, "Warranty until", "保修截止", "By time.");
  public static final Field INTERVAL_MONTHS =
      C.required("interval_months", INT, "Interval, months", "保养间隔月", "Maker's, else the default.");
  public static final Field INTERVAL_KM =
      C.required("interval_km", INT, "Interval, km", "保养间隔公里", "Maker's, else the default.");
  public static final Field OWN_INTERVAL_DAYS =
      C.required(
          "own_interval_days",
          INT,
          "Own interval, days",
          "自身保养间隔天",
          "The interval in months with the weight of two gaps beside the vehicle's own gaps.");
  public static final Field OWN_INTERVAL_KM =
      C.required("own_interval_km", INT, "Own interval, km", "自身保养间隔公里", "Likewise by distance.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "Any visit.");
  public static final Field LAST_MAINTENANCE_ON =
      C.optional("last_maintenance_on", DATE, "Last maintenance", "末次保养", "Null if none seen.");
  public static final Field LAST_MAINTENANCE_KM =
      C.optional(
          "last_maintenance_km",
          INT,
          "Odometer at last maintenance",
          "末次保养里程",
          "km; null if not read.");
  public static final Field MAINTENANCE_COUNT =
      C.required("maintenance_count", INT, "Maintenance visits", "保养次数", "Ever.");
  public static final Field MEAN_MAINTENANCE_GAP_DAYS =
      C.optional(
          "mean_maintenance_gap_days",
          DOUBLE,
          "Maintenance gap",
          "平均保养间隔",
          "Days; null with fewer than 2.");
  public static final Field LAST_ODOMETER_KM =
      C.optional("last_odometer_km", INT, "Last odometer", "末次里程", "km.");
  public static final Field LAST_ODOMETER_ON =
      C.optional("last_odometer_on", DATE, "Last reading", "末次读数日", "Day.");
  public static final Field READINGS_COUNT =
      C.required("readings_count", INT, "Readings", "里程读数", "Plausible readings.");
  public static final Field KM_PER_DAY =
      C.required(
          "km_per_day", DOUBLE, "Distance per day", "日均里程", "km, shrunk to the model's median.");
  public static final Field KM_PER_DAY_LOWER =
      C.required(
          "km_per_day_lower", DOUBLE, "Distance, lower", "日均里程下限", "Of the 95 % interval, km.");
  public static final Field KM_PER_DAY_UPPER =
      C.required(
          "km_per_day_upper", DOUBLE, "Distance, upper", "日均里程上限", "Of the 95 % interval, km.");
  public static final Field CLOCK_FROM_ON =
      C.required(
          "clock_from_on",
          DATE,
          "Clock from",
          "计时起点",
          "Last maintenance; the last visit where none was seen.");
  public static final Field DUE_ON =
      C.required(
          "due_on", DATE, "Service due", "保养到期", "Earlier of own interval in days and in km.");
  public static final Field MAKER_DUE_ON =
      C.required(
          "maker_due_on",
          DATE,
          "Due by the maker",
          "厂家保养到期",
          "Earlier of the maker's interval in months and in km.");
  public static final Field DUE_BY =
      C.required("due_by", STRING, "Due by", "到期依据", "TIME or DISTANCE.");
  public static final Field EXITED_ON =
      C.optional(
          "exited_on",
          DATE,
          "Exited on",
          "离场日",
          "Sold, scrapped or moved by its holder, by the source; null while held.");
  public static final Field EXIT_REASON =
      C.optional(
          "exit_reason",
          STRING,
          "Exit reason",
          "离场原因",
          "SOLD, SCRAPPED, MOVED; null if held or not told.");
  public static final TableContract TABLE =
      C.table(
          Layer.FEATURE,
          "vehicle_snapshots",
          "Vehicle snapshots",
          "车辆快照",
          "one row per vehicle and day on which it changed; all vehicles at month ends",
          "data science");

  private VehicleSnapshots() {}
}
