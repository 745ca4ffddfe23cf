package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/**
 * Serving: whether like customers got unlike offers. Like are candidates of a campaign with the
 * same reason, core or not, and a like margin (halves). A flag asks a person to look; it is no
 * finding.
 */
public final class OfferFairness {
  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID =
      C.key("campaign_id", STRING, "Campaign", "活动", "Campaign of the list.");
  public static final Field ATTRIBUTE =
      C.key("attribute", STRING, "Attribute", "属性", "MEMBER_TIER, POWERTRAIN, MODEL or BOOKING.");
  public static final Field GROUP_VALUE =
      C.key("group_value", STRING, "Group", "组别", "Its value; NONE if there is none.");
  public static final Field CUSTOMERS_COUNT =
      C.required("customers_count", LONG, "Customers", "人数", "Candidates who may be contacted.");
  public static final Field OFFERED_RATE =
      C.required("offered_rate", DOUBLE, "Share with an offer", "获方案比例", "Chosen, before arms.");
  public static final Field MEAN_DISCOUNT_AMOUNT =
      C.required(
          "mean_discount_amount",
          MONEY,
          "Mean discount",
          "人均优惠",
          "None counts as 0; units of the currency.");
  public static final Field OFFERED_DIFFERENCE =
      C.optional(
          "offered_difference",
          DOUBLE,
          "Share, difference",
          "比例差",
          "Against like customers of the other groups; null without such.");
  public static final Field OFFERED_DIFFERENCE_LOWER =
      C.optional("offered_difference_lower", DOUBLE, "Share, lower", "比例差下限", "99 % interval.");
  public static final Field OFFERED_DIFFERENCE_UPPER =
      C.optional("offered_difference_upper", DOUBLE, "Share, upper", "比例差上限", "99 % interval.");
  public static final Field DISCOUNT_DIFFERENCE_AMOUNT =
      C.optional(
          "discount_difference_amount",
          MONEY,
          "Discount, difference",
          "优惠差",
          "Against like customers of the other groups.");
  public static final Field DISCOUNT_DIFFERENCE_LOWER_AMOUNT =
      C.optional(
          "discount_difference_lower_amount", MONEY, "Discount, lower", "优惠差下限", "99 % interval.");
  public static final Field DISCOUNT_DIFFERENCE_UPPER_AMOUNT =
      C.optional(
          "discount_difference_upper_amount", MONEY, "Discount, upper", "优惠差上限", "99 % interval.");
  public static final Field IS_FLAGGED =
      C.required(
          "is_flagged",
          BOOL,
          "Discount to be looked at",
          "优惠需复核",
          "30 customers or more, the discount's interval leaves out 0 and the difference is beyond the tolerance.");
  public static final Field IS_SHARE_FLAGGED =
      C.required(
          "is_share_flagged",
          BOOL,
          "Share to be looked at",
          "比例需复核",
          "30 customers or more, the interval of the share with an offer leaves out 0 and the difference is beyond the tolerance.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "offer_fairness",
          "Fairness of offers",
          "方案公平性",
          "one row per campaign, attribute and group",
          "compliance");

  private OfferFairness() {}
}
