package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.feature.CustomerSnapshots;

/** Score: where each person stands by the clocks of the vehicles still owned, with every dealer. */
public final class CustomerStates {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID = C.key(CustomerSnapshots.CUSTOMER_ID);
  public static final Field DEALER_ID =
      C.key("dealer_id", STRING, "Dealer", "经销商", "A dealer that saw the person.");
  public static final Field SCORED_ON = C.key(VehicleStates.SCORED_ON);
  public static final Field IS_HOME =
      C.required("is_home", BOOL, "Home dealer", "主要经销商", "True for one dealer of each person.");
  public static final Field STATE =
      C.required("state", STRING, "State", "状态", "With the group: best of the vehicles owned.");
  public static final Field DEALER_STATE =
      C.required(
          "dealer_state",
          STRING,
          "State with the dealer",
          "在店状态",
          "By visits at the dealer alone.");
  public static final Field IS_GROUP_LOST =
      C.required("is_group_lost", BOOL, "Lost to the group", "集团流失", "The state is LOST.");
  public static final Field IS_DEALER_LOST =
      C.required(
          "is_dealer_lost",
          BOOL,
          "Lost to the dealer",
          "门店流失",
          "The state with the dealer is LOST.");
  public static final Field MISSED_COUNT =
      C.required(
          "missed_count", INT, "Services missed", "漏保次数", "Of the vehicle that gives the state.");
  public static final Field VEHICLE_ID =
      C.optional(
          "vehicle_id", STRING, "Vehicle", "车辆", "That gives the state; null if none is owned.");
  public static final Field VEHICLES_COUNT =
      C.required("vehicles_count", INT, "Vehicles", "车辆数", "Still owned, by the visits.");
  public static final Field DUE_ON =
      C.optional("due_on", DATE, "Service due", "保养到期", "Of that vehicle; null if exited.");
  public static final Field CYCLE_DAYS =
      C.required("cycle_days", INT, "Interval", "保养周期", "Of that vehicle, days; else a year.");
  public static final Field FIRST_VISIT_ON =
      C.required("first_visit_on", DATE, "First visit", "首次进厂", "At the dealer.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "At the dealer.");
  public static final Field EXIT_EVIDENCE =
      C.optional(
          "exit_evidence",
          STRING,
          "Evidence of exit",
          "离场依据",
          "SOURCE, NEW_OWNER; null if not exited.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "customer_states",
          "Customer states",
          "客户状态",
          "one row per person, dealer that saw the person, and day scored; month ends are kept",
          "customer relations");

  private CustomerStates() {}
}
