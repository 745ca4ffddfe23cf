package io.servicelake.contract.decision;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Decision: what became of the calls of a campaign, as dealers gave it back; of a day the last file
 * counts, but that nothing takes back DO_NOT_CALL. Remarks stay in the dealer's file: words of
 * customers are personal data.
 */
public final class CallOutcomes {
  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID = C.key(WinbackCandidates.CAMPAIGN_ID);
  public static final Field CUSTOMER_ID = C.key(WinbackCandidates.CUSTOMER_ID);
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field CALLED_ON =
      C.key("called_on", DATE, "Called on", "联系日期", "Day of the call.");
  public static final Field IS_REACHED =
      C.required("is_reached", BOOL, "Reached", "是否接通", "True if the customer was reached.");
  public static final Field OUTCOME_CODE =
      C.optional(
          "outcome_code",
          STRING,
          "Outcome",
          "联系结果",
          "BOOKED, WILL_COME, CALL_BACK, NOT_INTERESTED, DO_NOT_CALL, WRONG_NUMBER, VEHICLE_GONE, COMPLAINT or NO_ANSWER; null if not said.");
  public static final TableContract TABLE =
      C.table(
          Layer.DECISION,
          "call_outcomes",
          "Call outcomes",
          "联系结果",
          "one row per campaign, person and day of a call",
          "marketing");

  private CallOutcomes() {}
}
