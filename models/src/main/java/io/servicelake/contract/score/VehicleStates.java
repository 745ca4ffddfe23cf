package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.feature.VehicleSnapshots;

/** Score: where each vehicle stands on its service clock. */
public final class VehicleStates {
  private static final Columns C = new Columns();
  public static final Field VEHICLE_ID = C.key(VehicleSnapshots.VEHICLE_ID);
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field CUSTOMER_ID = C.with(VehicleSnapshots.CUSTOMER_ID);
  public static final Field CUSTOMER_SINCE_ON = C.with(VehicleSnapshots.CUSTOMER_SINCE_ON);
  public static final Field DEALER_ID = C.with(VehicleSnapshots.DEALER_ID);
  public static final Field MODEL = C.with(VehicleSnapshots.MODEL);
  public static final Field POWERTRAIN = C.with(VehicleSnapshots.POWERTRAIN);
  public static final Field STATE =
      C.required(
          "state",
          STRING,
          "State",
          "状态",
          "NEW, ACTIVE, DUE, OVERDUE, INACTIVE, LOST, EXITED by the service clock.");
  public static final Field MISSED_COUNT =
      C.required("missed_count", INT, "Services missed", "漏保次数", "Whole intervals since due.");
  public static final Field DUE_ON = C.with(VehicleSnapshots.DUE_ON);
  public static final Field DUE_BY = C.with(VehicleSnapshots.DUE_BY);
  public static final Field CYCLE_DAYS =
      C.required("cycle_days", INT, "Interval", "保养周期", "Days from clock to due day, 30 at least.");
  public static final Field LAST_VISIT_ON = C.with(VehicleSnapshots.LAST_VISIT_ON);
  public static final Field EXITED_ON = C.with(VehicleSnapshots.EXITED_ON);
  public static final Field EXIT_REASON = C.with(VehicleSnapshots.EXIT_REASON);
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "vehicle_states",
          "Vehicle states",
          "车辆状态",
          "one row per vehicle and day scored; month ends are kept",
          "customer relations");

  private VehicleStates() {}
}
