package io.servicelake.contract.silver;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Silver: who holds which vehicle, by the customer files. */
public final class VehicleOwnerships {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID = C.key(Vehicles.VEHICLE_ID);
  public static final Field CUSTOMER_RECORD_ID = C.key(Customers.CUSTOMER_RECORD_ID);
  public static final Field PLATE_TOKEN =
      C.optional("plate_token", STRING, "Plate token", "车牌令牌", "Keyed hash of the plate.");
  public static final Field OWNED_FROM_ON =
      C.optional("owned_from_on", DATE, "Owned from", "持有起始", "First day; null if unknown.");
  public static final Field OWNED_UNTIL_ON =
      C.optional("owned_until_on", DATE, "Owned until", "持有截止", "Last day; null while it lasts.");
  public static final Field END_REASON =
      C.optional(
          "end_reason",
          STRING,
          "End reason",
          "终止原因",
          "SOLD, SCRAPPED, MOVED; null while it lasts.");
  public static final TableContract TABLE =
      C.versioned()
          .table(
              Layer.SILVER,
              "vehicle_ownerships",
              "Vehicle ownerships",
              "车辆归属",
              "one row per vehicle and customer file and version",
              "customer relations");

  private VehicleOwnerships() {}
}
