package io.servicelake.contract.decision;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Decision: each campaign's plan, stated before anything goes out: counts, power, prior, salt. */
public final class Campaigns {
  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID = C.key(WinbackCandidates.CAMPAIGN_ID);
  public static final Field ASSIGNED_ON = C.with(WinbackCandidates.ASSIGNED_ON);
  public static final Field WINDOW_UNTIL_ON = C.with(WinbackCandidates.WINDOW_UNTIL_ON);
  public static final Field CANDIDATES_COUNT =
      C.required("candidates_count", LONG, "Candidates", "候选人数", "Persons looked at.");
  public static final Field OFFER_COUNT =
      C.required("offer_count", LONG, "Offered", "发放人数", "Persons to be offered.");
  public static final Field HOLD_OUT_COUNT =
      C.required("hold_out_count", LONG, "Held out", "对照人数", "Persons held out.");
  public static final Field RANDOM_CONTACT_COUNT =
      C.required("random_contact_count", LONG, "Contacted at random", "随机联系人数", "0 if not drawn.");
  public static final Field HOLD_OUT_RATE =
      C.required("hold_out_rate", DOUBLE, "Share held out", "对照比例", "As set, of the chosen.");
  public static final Field RANDOM_CONTACT_RATE =
      C.required("random_contact_rate", DOUBLE, "Share contacted at random", "随机联系比例", "As set.");
  public static final Field BASE_VISIT_RATE =
      C.optional(
          "base_visit_rate",
          DOUBLE,
          "Visit rate without offer",
          "基准到店率",
          "Predicted for the window: the 180 days' probability spread evenly; null if nobody is chosen.");
  public static final Field PLANNED_LIFT =
      C.required(
          "planned_lift", DOUBLE, "Planned lift", "计划提升", "Rise of the visit rate to be shown.");
  public static final Field NEEDED_COUNT =
      C.optional(
          "needed_count",
          LONG,
          "Customers needed",
          "所需人数",
          "Offered and held out together, for the planned lift at 5 % error and 80 % power; null without a base rate.");
  public static final Field SMALLEST_LIFT =
      C.optional(
          "smallest_lift",
          DOUBLE,
          "Smallest lift seen",
          "可检出提升",
          "Rise this campaign alone would show with 80 % power; null if none.");
  public static final Field ASSUMED_LIFT =
      C.optional(
          "assumed_lift",
          DOUBLE,
          "Lift expected",
          "预期提升",
          "Mean incremental visit probability of the offered; null if nobody is.");
  public static final Field INCREMENT_BASIS =
      C.optional(
          "increment_basis",
          STRING,
          "Basis of the increment",
          "增量依据",
          "ASSUMED, SHRUNK or MIXED; null if nobody is offered.");
  public static final Field OFFER_VERSION =
      C.optional(
          "offer_version", STRING, "Version of the offers", "方案版本", "Of the rules; + between.");
  public static final Field SALT =
      C.required("salt", STRING, "Salt", "盐值", "Text arms were drawn with; no secret.");
  public static final TableContract TABLE =
      C.table(Layer.DECISION, "campaigns", "Campaigns", "活动", "one row per campaign", "marketing");

  private Campaigns() {}
}
