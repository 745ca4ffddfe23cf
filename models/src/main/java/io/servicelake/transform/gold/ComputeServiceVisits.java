package io.servicelake.transform.gold;

import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Workshop visits as known now, with person and vehicle; odometer readings that contradict the
 * vehicle's earlier and later ones are null.
 *
 * <p>Touch key: {@code repair_order_id}; what changes reach is told by {@link TouchedOrders}.
 */
public final class ComputeServiceVisits {
  private ComputeServiceVisits() {}

  /** Rows of gold.service_visits; visitVersions holds all orders of the touched vehicles. */
  public static Dataset<Row> compute(
      Dataset<Row> visitVersions,
      Dataset<Row> vehicles,
      Dataset<Row> customerIdentities,
      PaceRules rules,
      ZoneId zone) {
    return SqlTransform.of("gold/service_visits.sql")
        .reading(VisitVersions.TABLE, visitVersions)
        .reading(
            "plausible_visits",
            PlausibleReadings.compute(
                PlausibleReadings.currentVisits(visitVersions), rules.maxKmPerDay()))
        .reading(Vehicles.TABLE, vehicles)
        .reading(CustomerIdentities.TABLE, customerIdentities)
        .with("zone", zone.getId())
        .to(ServiceVisits.TABLE);
  }
}
