package io.servicelake.transform.gold;

import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Distance per day of vehicles by as-of day, with a 95 % interval: the way between plausible
 * readings (the day of sale is one of 0 km) over the time between them, steps back left out, shrunk
 * to the model's median. Median and spread are rounded to whole km so that they rarely move.
 */
public final class VehiclePaces {
  private VehiclePaces() {}

  /**
   * One row per as-of day and vehicle with a visit by then: its last visit, maintenance, plausible
   * readings, km_per_day and its ends, and the vehicle's attributes known by the day.
   *
   * @param plausibleVisits from {@link PlausibleReadings#compute}
   * @param vehicles all versions
   * @param days as-of days, from {@link io.servicelake.transform.AsOfDays}
   */
  public static Dataset<Row> compute(
      Dataset<Row> plausibleVisits, Dataset<Row> vehicles, Dataset<Row> days, PaceRules rules) {
    Dataset<Row> vehicleVisits =
        SqlTransform.of("gold/vehicle_visits.sql")
            .reading("plausible_visits", plausibleVisits)
            .reading(Vehicles.TABLE, vehicles)
            .reading("days", days)
            .with("max_km_per_day", rules.maxKmPerDay())
            .rows();
    return SqlTransform.of("gold/vehicle_paces.sql")
        .reading("vehicle_visits", vehicleVisits)
        .with("max_km_per_day", rules.maxKmPerDay())
        .with("prior_readings", rules.priorReadings())
        .with("default_km_per_day", rules.defaultKmPerDay())
        .rows();
  }
}
