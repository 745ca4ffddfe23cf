package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: what vehicles and workshops report between visits: odometers, fault codes, measures. */
public final class VehicleReadings {
  private static final Columns C = new Columns();
  public static final Field READING_ID =
      C.key("reading_id", STRING, "Reading", "读数编号", "Identifier at the source, or made by rule.");
  public static final Field VEHICLE_ID = C.with(Vehicles.VEHICLE_ID);
  public static final Field ODOMETER_KM =
      C.optional("odometer_km", INT, "Odometer", "里程表", "Kilometres; null if not reported.");
  public static final Field FAULT_CODE =
      C.optional(
          "fault_code",
          STRING,
          "Fault code",
          "故障码",
          "Diagnostic trouble code, such as P0301 (SAE J2012); null if none is reported.");
  public static final Field MEASURE_CODE =
      C.optional(
          "measure_code",
          STRING,
          "Measure",
          "测量项",
          "What was measured, with its unit, such as battery_volts; null if nothing was.");
  public static final Field MEASURE_VALUE =
      C.optional(
          "measure_value", DOUBLE, "Measured value", "测量值", "In the unit of the measure's code.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "vehicle_readings",
              "Vehicle readings",
              "车辆读数",
              "one row per reading and version",
              "after-sales operations");

  private VehicleReadings() {}
}
