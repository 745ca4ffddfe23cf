package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: vehicles. */
public final class Vehicles {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID =
      C.key("vehicle_id", STRING, "Vehicle", "车辆", "Keyed hash of the VIN.");
  public static final Field VIN_HEAD =
      C.optional(
          "vin_head",
          STRING,
          "VIN head",
          "底盘号前段",
          "Characters 1 to 8 of the VIN: maker and type, not personal.");
  public static final Field BRAND =
      C.optional("brand", STRING, "Brand", "品牌", "Brand; null if not given.");
  public static final Field MODEL =
      C.optional("model", STRING, "Model", "车型", "Model name; null if not given.");
  public static final Field MODEL_YEAR =
      C.optional("model_year", INT, "Model year", "年款", "Model year; null if not given.");
  public static final Field POWERTRAIN =
      C.optional(
          "powertrain", STRING, "Powertrain", "动力类型", "ICE, HEV, PHEV, BEV; null if not given.");
  public static final Field SOLD_ON =
      C.optional("sold_on", DATE, "Sold on", "销售日期", "Day of first sale; null if unknown.");
  public static final Field WARRANTY_UNTIL_ON =
      C.optional(
          "warranty_until_on",
          DATE,
          "Warranty until",
          "保修截止",
          "Last day of the warranty by time; null if unknown.");
  public static final Field WARRANTY_KM =
      C.optional(
          "warranty_km",
          INT,
          "Warranty distance",
          "保修里程",
          "Warranty by distance, km; null if unknown.");
  public static final Field INTERVAL_MONTHS =
      C.optional(
          "interval_months",
          INT,
          "Service interval, months",
          "保养间隔月",
          "Maker's interval; null: the default of conf applies.");
  public static final Field INTERVAL_KM =
      C.optional(
          "interval_km",
          INT,
          "Service interval, km",
          "保养间隔公里",
          "Maker's interval; null: the default of conf applies.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "vehicles",
              "Vehicles",
              "车辆",
              "one row per vehicle and version",
              "after-sales operations");

  private Vehicles() {}
}
