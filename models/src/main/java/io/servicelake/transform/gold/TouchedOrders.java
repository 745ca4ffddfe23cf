package io.servicelake.transform.gold;

import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.gold.VisitVersions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The orders whose gold rows a change reaches: the order itself, and every order of its vehicle, as
 * readings are judged against the vehicle's others and a later order decides over an earlier one.
 */
public final class TouchedOrders {
  private TouchedOrders() {}

  /**
   * Ids of orders.
   *
   * @param visitVersions all rows of gold.visit_versions
   * @param changed rows with the column {@code by}; where they carry repair_order_id, these orders
   *     are touched even if visit_versions does not hold them any more
   * @param by column of visit_versions that the changed rows share: order, vehicle or customer file
   */
  public static Dataset<Row> compute(Dataset<Row> visitVersions, Dataset<Row> changed, Field by) {
    Dataset<Row> keys = changed.select(by.col()).where(by.col().isNotNull()).distinct();
    Dataset<Row> hit =
        visitVersions
            .join(keys, visitVersions.col(by.name()).equalTo(keys.col(by.name())), "left_semi")
            .select(VisitVersions.REPAIR_ORDER_ID.col(), VisitVersions.VEHICLE_ID.col());
    if (changed.schema().getFieldIndex(VisitVersions.REPAIR_ORDER_ID.name()).isDefined()) {
      hit = hit.union(named(changed));
    }
    Dataset<Row> vehicles = hit.select(VisitVersions.VEHICLE_ID.col()).distinct();
    return visitVersions
        .join(vehicles, VisitVersions.VEHICLE_ID.name())
        .select(VisitVersions.REPAIR_ORDER_ID.col())
        .union(hit.select(VisitVersions.REPAIR_ORDER_ID.col()))
        .distinct();
  }

  /** The orders that the changed rows name, with the vehicle where they name it. */
  private static Dataset<Row> named(Dataset<Row> changed) {
    boolean hasVehicle =
        changed.schema().getFieldIndex(VisitVersions.VEHICLE_ID.name()).isDefined();
    return changed.select(
        VisitVersions.REPAIR_ORDER_ID.col(),
        hasVehicle
            ? VisitVersions.VEHICLE_ID.col()
            : lit(null).cast(VisitVersions.VEHICLE_ID.type()).as(VisitVersions.VEHICLE_ID.name()));
  }
}
