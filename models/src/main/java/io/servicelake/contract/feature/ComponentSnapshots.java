package io.servicelake.contract.feature;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Feature: state of each watched component of an active vehicle at the end of a day. */
public final class ComponentSnapshots {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field COMPONENT_CODE =
      C.key("component_code", STRING, "Component", "部件", "Watched component.");
  public static final Field SNAPSHOT_ON = C.key("snapshot_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Dealer of the vehicle's last visit.");
  public static final Field MODEL = C.optional("model", STRING, "Model", "车型", "Model.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "ICE, HEV, PHEV, BEV.");
  public static final Field SOLD_ON = C.optional("sold_on", DATE, "Sold on", "销售日期", "First sale.");
  public static final Field LAST_ODOMETER_KM =
      C.optional("last_odometer_km", INT, "Last odometer", "末次里程", "km.");
  public static final Field LAST_ODOMETER_ON =
      C.optional("last_odometer_on", DATE, "Last reading", "末次读数日", "Day.");
  public static final Field KM_PER_DAY =
      C.required("km_per_day", DOUBLE, "Distance per day", "日均里程", "km.");
  public static final Field REPAIRS_COUNT =
      C.required("repairs_count", INT, "Repairs", "维修次数", "Repairs of the component ever.");
  public static final Field LAST_REPAIRED_ON =
      C.optional("last_repaired_on", DATE, "Last repaired", "末次维修", "Null if never.");
  public static final Field LAST_REPAIRED_KM =
      C.optional(
          "last_repaired_km",
          INT,
          "Odometer at last repair",
          "末次维修里程",
          "km; null if never or not read.");
  public static final Field DECLINED_COUNT =
      C.required(
          "declined_count",
          INT,
          "Declined",
          "拒修次数",
          "Times advised and refused since the last repair.");
  public static final Field OTHER_REPAIRS_24M_COUNT =
      C.required(
          "other_repairs_24m_count",
          INT,
          "Other repairs, 24 months",
          "近24月其他维修",
          "Repairs of other components.");
  public static final TableContract TABLE =
      C.table(
          Layer.FEATURE,
          "component_snapshots",
          "Component snapshots",
          "部件快照",
          "one row per vehicle, watched component and day on which it changed; all at month ends; vehicles with a visit in 24 months",
          "data science");

  private ComponentSnapshots() {}
}
