package io.servicelake.transform.gold;

import io.servicelake.contract.gold.ComplaintSteps;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Staff;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Complaints on their way from owner to owner and state to state, as their versions tell.
 *
 * <p>Touch key: {@code complaint_id}; changed staff reach the complaints they own by {@link
 * TouchedCases#ofOwners}.
 */
public final class ComputeComplaintSteps {
  private ComputeComplaintSteps() {}

  /**
   * Rows of gold.complaint_steps.
   *
   * @param complaints every version
   */
  public static Dataset<Row> compute(Dataset<Row> complaints, Dataset<Row> staff) {
    return SqlTransform.of("gold/complaint_steps.sql")
        .reading(Complaints.TABLE, complaints)
        .reading(Staff.TABLE, staff)
        .to(ComplaintSteps.TABLE);
  }
}
