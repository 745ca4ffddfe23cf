package io.servicelake.transform.gold;

import io.servicelake.contract.Field;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Customers;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.Staff;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The contacts or complaints whose gold rows a change reaches: those on a changed order, and those
 * of a customer file whose person changed, by the case itself or by its order; and those of an
 * owner who changed.
 */
public final class TouchedCases {
  private TouchedCases() {}

  /**
   * Cases on changed orders.
   *
   * @param cases contacts or complaints, every version
   * @param id their key
   * @param orders rows with repair_order_id
   */
  public static Dataset<Row> onOrders(Dataset<Row> cases, Field id, Dataset<Row> orders) {
    return cases
        .join(
            orders.select(RepairOrders.REPAIR_ORDER_ID.col()).distinct(),
            RepairOrders.REPAIR_ORDER_ID.name())
        .select(id.col())
        .distinct();
  }

  /**
   * Complaints that changed staff ever owned.
   *
   * @param complaints every version
   * @param staff rows with staff_id
   */
  public static Dataset<Row> ofOwners(Dataset<Row> complaints, Dataset<Row> staff) {
    return complaints
        .join(
            staff.select(Staff.STAFF_ID.col().as(Complaints.OWNER_ID.name())).distinct(),
            Complaints.OWNER_ID.name())
        .select(Complaints.COMPLAINT_ID.col())
        .distinct();
  }

  /**
   * Cases of changed customer files.
   *
   * @param repairOrders every version
   * @param files rows with customer_record_id
   */
  public static Dataset<Row> ofFiles(
      Dataset<Row> cases, Field id, Dataset<Row> repairOrders, Dataset<Row> files) {
    String file = Customers.CUSTOMER_RECORD_ID.name();
    Dataset<Row> changed = files.select(Customers.CUSTOMER_RECORD_ID.col()).distinct();
    return cases
        .join(changed, file)
        .select(id.col())
        .union(onOrders(cases, id, repairOrders.join(changed, file)))
        .distinct();
  }
}
