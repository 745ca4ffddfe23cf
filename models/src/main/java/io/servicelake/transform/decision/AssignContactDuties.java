package io.servicelake.transform.decision;

import io.servicelake.contract.decision.ContactDuties;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.transform.SqlTransform;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contacts owed after delivered visits of persons and fleets. What was assigned on a day is frozen
 * once another day was run: a later correction of a visit moves no duty. While a day is run again,
 * with files that came late, its own duties are decided anew.
 */
public final class AssignContactDuties {
  private AssignContactDuties() {}

  /**
   * Rows of decision.contact_duties as assigned on a day.
   *
   * @param coreCustomers customer_id of core customers, for touches meant for them
   * @param assigned duties held; those of other days are not assigned again
   * @param touches contacts of the cadence profile
   * @param highValueAmountMinor from which net amount a visit is of high value, hundredths
   * @param startOn touches that may be made from before this day are not assigned
   * @param assignedOn as-of day; visits delivered after it are left out
   */
  public static Dataset<Row> compute(
      Dataset<Row> serviceVisits,
      Dataset<Row> coreCustomers,
      Dataset<Row> assigned,
      List<Touch> touches,
      long highValueAmountMinor,
      LocalDate startOn,
      LocalDate assignedOn) {
    return SqlTransform.of("decision/contact_duties.sql")
        .reading(ServiceVisits.TABLE, serviceVisits)
        .reading("core_customers", coreCustomers)
        .reading(ContactDuties.TABLE, assigned)
        .reading("touches", Touch.rows(serviceVisits.sparkSession(), touches))
        .with("high_value_amount_minor", highValueAmountMinor)
        .with("start_on", startOn)
        .with("assigned_on", assignedOn)
        .to(ContactDuties.TABLE);
  }
}
