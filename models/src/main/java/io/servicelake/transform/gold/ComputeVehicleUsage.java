package io.servicelake.transform.gold;

import io.servicelake.contract.gold.VehicleUsage;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far each vehicle goes, as known now.
 *
 * <p>Touch key: none; a reading moves the median of its model. Compute whole.
 */
public final class ComputeVehicleUsage {
  private ComputeVehicleUsage() {}

  /** Rows of gold.vehicle_usage from gold.visit_versions and silver.vehicles. */
  public static Dataset<Row> compute(
      Dataset<Row> visitVersions, Dataset<Row> vehicles, PaceRules rules) {
    Dataset<Row> visits =
        PlausibleReadings.compute(
            PlausibleReadings.currentVisits(visitVersions), rules.maxKmPerDay());
    Dataset<Row> days = AsOfDays.endOfTime(visitVersions.sparkSession());
    return SqlTransform.of("gold/vehicle_usage.sql")
        .reading("vehicle_paces", VehiclePaces.compute(visits, vehicles, days, rules))
        .to(VehicleUsage.TABLE);
  }
}
