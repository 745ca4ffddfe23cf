package io.servicelake.transform.gold;

import io.servicelake.contract.gold.CustomerContacts;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contacts as known now, the person resolved by the contact's customer file, else by its order's.
 *
 * <p>Touch key: {@code contact_id}; what changes reach is told by {@link TouchedCases}.
 */
public final class ComputeCustomerContacts {
  private ComputeCustomerContacts() {}

  /** Rows of gold.customer_contacts. */
  public static Dataset<Row> compute(
      Dataset<Row> contacts,
      Dataset<Row> repairOrders,
      Dataset<Row> customerIdentities,
      ZoneId zone) {
    return SqlTransform.of("gold/customer_contacts.sql")
        .reading(Contacts.TABLE, contacts)
        .reading(RepairOrders.TABLE, repairOrders)
        .reading(CustomerIdentities.TABLE, customerIdentities)
        .with("zone", zone.getId())
        .to(CustomerContacts.TABLE);
  }
}
