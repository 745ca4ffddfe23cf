package io.servicelake.contract.decision;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Decision: the arms of campaigns, drawn before anything goes out and frozen; from them alone
 * results are measured.
 */
public final class CampaignAssignments {
  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID = C.key(WinbackCandidates.CAMPAIGN_ID);
  public static final Field CUSTOMER_ID = C.key(WinbackCandidates.CUSTOMER_ID);
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field ARM =
      C.required("arm", STRING, "Arm", "分组", "OFFER, HOLD_OUT or RANDOM_CONTACT.");
  public static final Field STRATUM =
      C.required(
          "stratum",
          STRING,
          "Stratum",
          "分层",
          "Values of the strata columns in their order, as a JSON list.");
  public static final Field ASSIGNMENT_PROBABILITY =
      C.required(
          "assignment_probability",
          DOUBLE,
          "Probability of the arm",
          "分组概率",
          "Probability with which the customer came into this arm, above 0 to 1.");
  public static final Field SALT_ID =
      C.required("salt_id", STRING, "Salt", "盐值编号", "Name of the salt.");
  public static final Field OFFER_CODE =
      C.required(
          "offer_code", STRING, "Offer", "方案", "Made, or that would have been made if held out.");
  public static final Field OFFER_VERSION =
      C.required(
          "offer_version",
          STRING,
          "Version of the offer",
          "方案版本",
          "Of the rules, and a hash of the offer's own.");
  public static final Field EXPECTED_GAIN_AMOUNT_MINOR =
      C.required(
          "expected_gain_amount_minor", LONG, "Expected gain", "预期收益", "If offered; hundredths.");
  public static final Field REASON_CODE_1 = C.with(WinbackCandidates.REASON_CODE_1);
  public static final Field CALLER_ROLE =
      C.required(
          "caller_role", STRING, "Who calls", "联系人岗位", "ADVISOR, CALLER, MANAGER or PROGRAM.");
  public static final Field CALLER_ID = C.with(WinbackCandidates.CALLER_ID);
  public static final Field ASSIGNED_ON = C.with(WinbackCandidates.ASSIGNED_ON);
  public static final Field WINDOW_UNTIL_ON = C.with(WinbackCandidates.WINDOW_UNTIL_ON);
  public static final TableContract TABLE =
      C.table(
          Layer.DECISION,
          "campaign_assignments",
          "Campaign assignments",
          "活动分组",
          "one row per campaign and person drawn",
          "marketing");

  private CampaignAssignments() {}
}
