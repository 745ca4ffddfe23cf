package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.decision.WinbackCandidates;

/**
 * Serving: what campaigns brought, by assignment and whatever became of it (intention to treat).
 * Only customers whose whole window is over count.
 */
public final class CampaignResults {
  /** Stands for all campaigns, offers or regions together. */
  public static final String ALL = "ALL";

  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID =
      C.key("campaign_id", STRING, "Campaign", "活动", "ALL for all that are over together.");
  public static final Field OFFER_CODE =
      C.key("offer_code", STRING, "Offer", "方案", "ALL for every offer.");
  public static final Field REGION =
      C.key("region", STRING, "Region", "大区", "ALL for every region.");
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day measured on.");
  public static final Field WINDOW_UNTIL_ON = C.with(WinbackCandidates.WINDOW_UNTIL_ON);
  public static final Field OFFER_COUNT =
      C.required("offer_count", LONG, "Offered", "发放人数", "Persons assigned to an offer.");
  public static final Field HOLD_OUT_COUNT =
      C.required("hold_out_count", LONG, "Held out", "对照人数", "Persons held out.");
  public static final Field RANDOM_CONTACT_COUNT =
      C.required("random_contact_count", LONG, "Contacted at random", "随机联系人数", "Persons.");
  public static final Field PLANNED_LIFT =
      rate("planned_lift", "Planned lift", "计划提升", "Of a whole campaign; null elsewhere.");
  public static final Field NEEDED_COUNT =
      C.optional(
          "needed_count",
          LONG,
          "Customers needed",
          "所需人数",
          "For the planned lift at 5 % error and 80 % power; of a whole campaign, null elsewhere.");
  public static final Field SMALLEST_LIFT =
      rate(
          "smallest_lift",
          "Smallest lift seen",
          "可检出提升",
          "Rise this campaign alone shows with 80 % power; of a whole campaign, null elsewhere.");
  public static final Field OFFER_VISIT_RATE =
      rate("offer_visit_rate", "Visit rate, offered", "发放组到店率", "Weighted by stratum.");
  public static final Field HOLD_OUT_VISIT_RATE =
      rate("hold_out_visit_rate", "Visit rate, held out", "对照组到店率", "Weighted alike.");
  public static final Field VISIT_LIFT =
      rate("visit_lift", "Rise of the visit rate", "到店率提升", "Offered less held out.");
  public static final Field VISIT_LIFT_LOWER =
      rate("visit_lift_lower", "Rise, lower", "提升下限", "Of the guarded interval; null if too few.");
  public static final Field VISIT_LIFT_UPPER =
      rate("visit_lift_upper", "Rise, upper", "提升上限", "Of the guarded interval; null if too few.");
  public static final Field MARGIN_LIFT_AMOUNT =
      money(
          "margin_lift_amount",
          "Margin per customer",
          "人均毛利差",
          "Offered less held out, before discounts and contacts.");
  public static final Field MARGIN_LIFT_LOWER_AMOUNT =
      money("margin_lift_lower_amount", "Margin, lower", "毛利差下限", "Of the guarded interval.");
  public static final Field MARGIN_LIFT_UPPER_AMOUNT =
      money("margin_lift_upper_amount", "Margin, upper", "毛利差上限", "Of the guarded interval.");
  public static final Field NON_RESPONSE_RATE =
      rate("non_response_rate", "Not reached", "未接通率", "Share of the offered.");
  public static final Field CONTAMINATION_RATE =
      rate(
          "contamination_rate",
          "Held out, yet contacted",
          "对照组污染率",
          "Share of the held out with a campaign's contact.");
  public static final Field LOOK_NO =
      C.optional(
          "look_no",
          INT,
          "Look",
          "第几次查看",
          "Looks at these customers so far; null before the first.");
  public static final Field INFORMATION_RATE =
      rate(
          "information_rate",
          "Share of the plan",
          "计划完成比例",
          "Customers measured over those planned, at most 1.");
  public static final Field CRITICAL_VALUE =
      rate(
          "critical_value",
          "Critical value",
          "临界值",
          "Half-width of intervals in standard deviations.");
  public static final Field VERDICT =
      C.required(
          "verdict",
          STRING,
          "Verdict",
          "结论",
          "By the visit rate: EFFECT, NO_EFFECT_SHOWN, ADVERSE_EFFECT, TOO_FEW (under 100 in an arm) or TOO_EARLY (the window is not over).");
  public static final Field TARGETING_RATIO =
      rate(
          "targeting_ratio",
          "Chosen over random",
          "精准与随机之比",
          "Visit rate of the chosen and offered over that of random contacts; null where that arm is not drawn or too small.");
  public static final Field TARGETING_RATIO_LOWER =
      rate("targeting_ratio_lower", "Chosen over random, lower", "比值下限", "Of the interval.");
  public static final Field TARGETING_RATIO_UPPER =
      rate("targeting_ratio_upper", "Chosen over random, upper", "比值上限", "Of the interval.");
  public static final Field CLAIMED_RATIO =
      C.required(
          "claimed_ratio",
          DOUBLE,
          "Claimed ratio",
          "宣称比值",
          "What targeted marketing is often said to bring: 3.5 times.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "campaign_results",
          "Campaign results",
          "活动效果",
          "one row per campaign and all together, for all offers and regions, each offer, each region",
          "marketing");

  private CampaignResults() {}

  private static Field rate(String name, String en, String zh, String meaning) {
    return C.optional(name, DOUBLE, en, zh, meaning);
  }

  private static Field money(String name, String en, String zh, String meaning) {
    return C.optional(name, MONEY, en, zh, meaning);
  }
}
