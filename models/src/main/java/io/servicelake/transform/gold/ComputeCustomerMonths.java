package io.servicelake.transform.gold;

import io.servicelake.contract.gold.CustomerMonths;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.transform.SqlTransform;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each customer did in a month; orders of one day count as one visit.
 *
 * <p>Touch key: {@code customer_id}. service_visits: customer_id of the changed rows, old and new.
 */
public final class ComputeCustomerMonths {
  private ComputeCustomerMonths() {}

  /** Rows of gold.customer_months. */
  public static Dataset<Row> compute(Dataset<Row> serviceVisits) {
    return SqlTransform.of("gold/customer_months.sql")
        .reading(ServiceVisits.TABLE, serviceVisits)
        .to(CustomerMonths.TABLE);
  }
}
