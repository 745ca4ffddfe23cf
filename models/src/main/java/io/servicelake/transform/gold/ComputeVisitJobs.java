package io.servicelake.transform.gold;

import io.servicelake.contract.Versioned;
import io.servicelake.contract.gold.VisitJobs;
import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.Vehicles;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Repair jobs of delivered orders as known now, and whether they held.
 *
 * <p>Touch key: {@code repair_order_id}; what changes reach is told by {@link TouchedOrders}.
 */
public final class ComputeVisitJobs {
  private ComputeVisitJobs() {}

  /** Rows of gold.visit_jobs; visitVersions and lines hold all orders of the touched vehicles. */
  public static Dataset<Row> compute(
      Dataset<Row> visitVersions,
      Dataset<Row> repairOrderLines,
      Dataset<Row> vehicles,
      ZoneId zone) {
    Dataset<Row> current = Versioned.current(visitVersions);
    return SqlTransform.of("gold/visit_jobs.sql")
        .reading(VisitVersions.TABLE, current)
        .reading("comebacks", Comebacks.compute(current, zone))
        .reading(RepairOrderLines.TABLE, repairOrderLines)
        .reading(Vehicles.TABLE, vehicles)
        .with("zone", zone.getId())
        .with("days", Comebacks.WINDOW_DAYS)
        .to(VisitJobs.TABLE);
  }
}
