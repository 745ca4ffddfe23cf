package io.servicelake.transform.gold;

import io.servicelake.contract.gold.VisitVersions;
import io.servicelake.contract.silver.RepairOrderLines;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.contract.silver.VehicleOwnerships;
import io.servicelake.transform.SqlTransform;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Repair orders in every version that was ever known: header, sums of the lines that stood, and,
 * for an order with a plate and no VIN, the one vehicle that bore the plate on the visit day.
 * Readings outside 1 to 2,000,000 km are null; whether a reading agrees with others of the vehicle
 * is judged where it is read ({@link PlausibleReadings}), by what is known there.
 *
 * <p>Touch key: {@code repair_order_id}. Orders and lines carry it; a changed ownership touches the
 * orders without vehicle_id that carry its plate_token (see {@link #ordersOfPlates}).
 */
public final class ComputeVisitVersions {
  private ComputeVisitVersions() {}

  /** Rows of gold.visit_versions; all inputs with every version, ownerships of the plates whole. */
  public static Dataset<Row> compute(
      Dataset<Row> repairOrders,
      Dataset<Row> repairOrderLines,
      Dataset<Row> vehicleOwnerships,
      ZoneId zone) {
    Dataset<Row> spans =
        SqlTransform.of("gold/order_spans.sql")
            .reading(RepairOrders.TABLE, repairOrders)
            .reading(RepairOrderLines.TABLE, repairOrderLines)
            .reading(VehicleOwnerships.TABLE, vehicleOwnerships)
            .rows();
    Dataset<Row> sums =
        SqlTransform.of("gold/visit_sums.sql")
            .reading("order_spans", spans)
            .reading(RepairOrderLines.TABLE, repairOrderLines)
            .rows();
    return SqlTransform.of("gold/visit_versions.sql")
        .reading("order_spans", spans)
        .reading("visit_sums", sums)
        .reading(RepairOrders.TABLE, repairOrders)
        .reading(VehicleOwnerships.TABLE, vehicleOwnerships)
        .with("zone", zone.getId())
        .to(VisitVersions.TABLE);
  }

  /** Repair orders (their ids) that find their vehicle through a plate of the ownerships given. */
  public static Dataset<Row> ordersOfPlates(
      Dataset<Row> repairOrders, Dataset<Row> vehicleOwnerships) {
    return repairOrders
        .where(RepairOrders.VEHICLE_ID.col().isNull())
        .join(
            vehicleOwnerships.select(VehicleOwnerships.PLATE_TOKEN.col()),
            RepairOrders.PLATE_TOKEN.name())
        .select(RepairOrders.REPAIR_ORDER_ID.col())
        .distinct();
  }
}
