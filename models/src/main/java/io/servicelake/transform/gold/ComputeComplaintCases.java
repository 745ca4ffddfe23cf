package io.servicelake.transform.gold;

import io.servicelake.contract.gold.ComplaintCases;
import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Complaints as known now, with the limits of a clock profile. Customer file and vehicle are those
 * of the order where the complaint names none.
 *
 * <p>Touch key: {@code complaint_id}; what changes reach is told by {@link TouchedCases}.
 */
public final class ComputeComplaintCases {
  private ComputeComplaintCases() {}

  /** Rows of gold.complaint_cases. */
  public static Dataset<Row> compute(
      Dataset<Row> complaints,
      Dataset<Row> complaintSteps,
      Dataset<Row> repairOrders,
      Dataset<Row> customerIdentities,
      ComplaintClock clock,
      ZoneId zone) {
    return SqlTransform.of("gold/complaint_cases.sql")
        .reading(Complaints.TABLE, complaints)
        .reading(ComplaintSteps.TABLE, complaintSteps)
        .reading(RepairOrders.TABLE, repairOrders)
        .reading(CustomerIdentities.TABLE, customerIdentities)
        .with("acknowledge_seconds", seconds(clock.acknowledgeHours()))
        .with("plan_seconds", seconds(clock.planHours()))
        .with("close_seconds", seconds(clock.closeHours()))
        .with("major_plan_seconds", seconds(clock.majorPlanHours()))
        .with("major_close_seconds", seconds(clock.majorCloseHours()))
        .with("zone", zone.getId())
        .to(ComplaintCases.TABLE);
  }

  private static int seconds(double hours) {
    return (int) Math.round(hours * 3600);
  }
}
