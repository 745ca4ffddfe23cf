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
 * State of vehicles at the end of as-of days, from the versions known by then. The holder is the
 * person or fleet that brought the vehicle last; it has left when all known holdings of its holder
 * (of anybody, where the source has none of the holder) have ended and no visit came after. Its
 * service is due by the rules of {@link ClockRules}.
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
   * @param intervals defaults by model and powertrain, one of them for {@link ServiceInterval#ANY}
   *     of both
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
    Dataset<Row> visits = Known.visits(visitVersions, days, zone);
    Dataset<Row> paces =
        VehiclePaces.compute(
            PlausibleReadings.compute(visits, rules.maxKmPerDay()), vehicles, days, rules);
    Dataset<Row> clocks =
        SqlTransform.of("feature/vehicle_clocks.sql")
            .reading("vehicle_paces", paces)
            .reading(
                "service_intervals", ServiceInterval.rows(visitVersions.sparkSession(), intervals))
            .with("prior_gaps", ClockRules.USUAL.priorGaps())
            .rows();
    return SqlTransform.of("feature/vehicle_snapshots.sql")
        .reading("vehicle_clocks", clocks)
        .reading(Known.VISITS, visits)
        .reading(Known.HOLDINGS, Known.holdings(vehicleOwnerships, days))
        .reading(Known.IDENTITIES, Known.identities(identitiesAsOf))
        .to(VehicleSnapshots.TABLE);
  }
}
