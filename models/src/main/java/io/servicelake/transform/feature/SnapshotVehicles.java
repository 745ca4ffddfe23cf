package io.servicelake.transform.feature;

import io.servicelake.contract.feature.VehicleSnapshots;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.gold.PaceRules;
import io.servicelake.transform.gold.PlausibleReadings;
import io.servicelake.transform.gold.VehiclePaces;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * State of vehicles at the end of as-of days, from the versions known by then. A vehicle has left
 * when every known holding has ended and no visit came after.
 */
public final class SnapshotVehicles {
  private SnapshotVehicles() {}

  /**
   * Every row of feature.vehicle_snapshots: each day, each vehicle with a visit known by then.
   *
   * @param days as-of days, from {@link io.servicelake.transform.AsOfDays}
   * @param identitiesAsOf rows of {@link io.servicelake.transform.silver.ResolveCustomers#asOf} for
   *     the same days
   * @param vehicles all versions, as of vehicleOwnerships
   * @param intervals defaults by powertrain, one of them for {@link ServiceInterval#ANY}
   * @throws IllegalArgumentException if no interval is for any powertrain
   */
  public static Dataset<Row> compute(
      Dataset<Row> days,
      Dataset<Row> identitiesAsOf,
      Dataset<Row> visitVersions,
      Dataset<Row> vehicles,
      Dataset<Row> vehicleOwnerships,
      List<ServiceInterval> intervals,
      PaceRules rules,
      ZoneId zone) {
    Dataset<Row> visits =
        PlausibleReadings.compute(Known.visits(visitVersions, days, zone), rules.maxKmPerDay());
    return SqlTransform.of("feature/vehicle_snapshots.sql")
        .reading("vehicle_paces", VehiclePaces.compute(visits, vehicles, days, rules))
        .reading(Known.HOLDINGS, Known.holdings(vehicleOwnerships, days))
        .reading(Known.IDENTITIES, Known.identities(identitiesAsOf))
        .reading("service_intervals", ServiceInterval.rows(visitVersions.sparkSession(), intervals))
        .to(VehicleSnapshots.TABLE);
  }
}
