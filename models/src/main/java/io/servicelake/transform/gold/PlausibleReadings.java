package io.servicelake.transform.gold;

import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Odometer readings that agree with the vehicle's others: a reading falls out when it contradicts
 * more than half of the six around it (three before, three after), or when it contradicts the one
 * before or after and these agree without it. Two readings contradict when the later is lower, or
 * more than the limit per day away. Of two readings that contradict each other, and nothing else
 * known, both fall out.
 *
 * <p>Touch key: {@code vehicle_id}.
 */
public final class PlausibleReadings {
  private PlausibleReadings() {}

  /**
   * The visits of vehicles, readings that fall out set to null; visits without vehicle are left
   * out.
   *
   * @param visits visits by as-of day: snapshot_on, repair_order_id, vehicle_id, received_at,
   *     visit_on, odometer_km and any others
   * @param maxKmPerDay farthest a vehicle goes in a day, km
   */
  public static Dataset<Row> compute(Dataset<Row> visits, int maxKmPerDay) {
    return SqlTransform.of("gold/plausible_visits.sql")
        .reading("visits", visits)
        .with("max_km_per_day", maxKmPerDay)
        .rows();
  }

  /** The visits that stand now, in the form {@link #compute} takes, as of the end of time. */
  static Dataset<Row> currentVisits(Dataset<Row> visitVersions) {
    return SqlTransform.of("gold/current_visits.sql")
        .reading(VisitVersions.TABLE, visitVersions)
        .reading("days", AsOfDays.endOfTime(visitVersions.sparkSession()))
        .rows();
  }
}
