package io.servicelake.transform.feature;

import io.servicelake.contract.feature.TechnicianSnapshots;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.SqlTransform;
import io.servicelake.transform.gold.Comebacks;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Twelve months of technicians' repair jobs at the end of as-of days, beside what the group's rates
 * for the same components in the same months lead to expect (indirect standardisation).
 */
public final class SnapshotTechnicians {
  private SnapshotTechnicians() {}

  /**
   * Every row of feature.technician_snapshots: each day, each technician with a repair job
   * delivered in the twelve months before.
   *
   * @param days as-of days, from {@link io.servicelake.transform.AsOfDays}
   * @param repairOrderLines all versions, as of contacts and staff
   */
  public static Dataset<Row> compute(
      Dataset<Row> days,
      Dataset<Row> visitVersions,
      Dataset<Row> repairOrderLines,
      Dataset<Row> contacts,
      Dataset<Row> staff,
      ZoneId zone) {
    Dataset<Row> jobs =
        SqlTransform.of("feature/known_jobs.sql")
            .reading(Known.VISITS, Known.visits(visitVersions, days, zone))
            .reading(RepairOrderLines.TABLE, repairOrderLines)
            .reading(Known.COMEBACKS, Known.comebacks(visitVersions, days, zone))
            .with("days", Comebacks.WINDOW_DAYS)
            .rows();
    return SqlTransform.of("feature/technician_snapshots.sql")
        .reading("known_jobs", jobs)
        .reading(Known.ANSWERS, Known.answers(contacts, days, zone))
        .reading(Staff.TABLE, staff)
        .reading(Known.DAYS, days)
        .to(TechnicianSnapshots.TABLE);
  }
}
