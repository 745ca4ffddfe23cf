package io.servicelake.transform.decision;

import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contacts owed after delivered visits of persons and fleets. Rows are frozen: only duty_ids not
 * yet in the table are appended, so a later correction of a visit moves no duty once assigned.
 */
public final class AssignContactDuties {
  private AssignContactDuties() {}

  /**
   * Rows of decision.contact_duties as assigned on a day.
   *
   * @param coreCustomers customer_id of core customers, for touches meant for them
   * @param touches contacts of the cadence profile
   * @param highValueAmountMinor from which net amount a visit is of high value, hundredths
   * @param startOn touches that may be made from before this day are not assigned
   * @param assignedOn as-of day; visits delivered after it are left out
   */
  public static Dataset<Row> compute(
      Dataset<Row> serviceVisits,
      Dataset<Row> coreCustomers,
      List<Touch> touches,
      long highValueAmountMinor,
      LocalDate startOn,
      LocalDate assignedOn) {
    return SqlTransform.of("decision/contact_duties.sql")
        .reading(ServiceVisits.TABLE, serviceVisits)
        .reading("core_customers", coreCustomers)
        .reading("touches", Touch.rows(serviceVisits.sparkSession(), touches))
        .with("high_value_amount_minor", highValueAmountMinor)
        .with("start_on", startOn)
        .with("assigned_on", assignedOn)
        .to(ContactDuties.TABLE);
  }
}
