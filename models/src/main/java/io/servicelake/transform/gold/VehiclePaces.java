package io.servicelake.transform.gold;

import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Distance per day of vehicles by as-of day: first to last plausible reading (the day of sale is a
 * reading of 0 km), shrunk to the model's median, which is rounded to whole km so that it rarely
 * moves.
 */
public final class VehiclePaces {
  private VehiclePaces() {}

  /** The vehicles with a visit by the day, with the attributes known by then. */
  public static Dataset<Row> visitedVehicles(
      Dataset<Row> visits, Dataset<Row> vehicles, Dataset<Row> days) {
    return SqlTransform.of("gold/visited_vehicles.sql")
        .reading("visits", visits)
        .reading("vehicles", vehicles)
        .reading("days", days)
        .rows();
  }

  /**
   * One row per as-of day and vehicle: readings_count, last_odometer_km, last_odometer_on,
   * km_per_day.
   *
   * @param visitedVehicles from {@link #visitedVehicles}
   * @param readings from {@link PlausibleReadings#compute}
   */
  public static Dataset<Row> compute(
      Dataset<Row> visitedVehicles, Dataset<Row> readings, PaceRules rules) {
    return SqlTransform.of("gold/vehicle_paces.sql")
        .reading("vehicles", visitedVehicles)
        .reading("vehicle_readings", readings)
        .with("prior_readings", rules.priorReadings())
        .with("default_km_per_day", rules.defaultKmPerDay())
        .rows();
  }
}
