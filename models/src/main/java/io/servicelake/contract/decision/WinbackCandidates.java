package io.servicelake.contract.decision;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.ChurnScores;
import io.servicelake.contract.score.CustomerSegments;

/**
 * Decision: who was looked at for a campaign, with the offer that would bring most and what stands
 * against it; frozen once another day was run.
 */
public final class WinbackCandidates {
  private static final Columns C = new Columns();
  public static final Field CAMPAIGN_ID =
      C.key("campaign_id", STRING, "Campaign", "活动", "Campaign of the month.");
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person, as resolved on the day.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field ASSIGNED_ON =
      C.required("assigned_on", DATE, "Assigned on", "分派日", "As-of day it was decided on.");
  public static final Field WINDOW_UNTIL_ON =
      C.required(
          "window_until_on", DATE, "Window until", "观察截止日", "Last day on which visits count.");
  public static final Field CHURN_180D_PROBABILITY = C.with(ChurnScores.CHURN_180D_PROBABILITY);
  public static final Field REASON_CODE_1 = C.with(ChurnScores.REASON_CODE_1);
  public static final Field REASON_CODE_2 = C.with(ChurnScores.REASON_CODE_2);
  public static final Field EVIDENCE_EN =
      C.optional(
          "evidence_en",
          STRING,
          "Evidence",
          "依据(英)",
          "What the reasons rest on, as of the day; null if none was kept.");
  public static final Field EVIDENCE_ZH =
      C.optional(
          "evidence_zh",
          STRING,
          "Evidence, Chinese",
          "依据",
          "What the reasons rest on, as of the day; null if none was kept.");
  public static final Field IS_CORE = C.with(CustomerSegments.IS_CORE);
  public static final Field MEMBER_TIER = C.with(CustomerSnapshots.MEMBER_TIER);
  public static final Field MODEL = C.with(CustomerSnapshots.MODEL);
  public static final Field POWERTRAIN = C.with(CustomerSnapshots.POWERTRAIN);
  public static final Field BOOKING =
      C.required(
          "booking",
          STRING,
          "Booking",
          "到店方式",
          "APPOINTMENT if at least half of the visits of 24 months were by appointment, else WALK_IN.");
  public static final Field MARGIN_AMOUNT_MINOR =
      C.required(
          "margin_amount_minor",
          LONG,
          "Margin at stake",
          "预期毛利",
          "Three-year margin expected, discounted, hundredths; see its basis.");
  public static final Field MARGIN_BASIS =
      C.optional(
          "margin_basis",
          STRING,
          "Basis of the margin",
          "毛利依据",
          "MODEL of repeat visits, or OWN_PAY_24M: assumed to be paid on as in the last 24 months; both at the assumed share of own pay. Null if none was kept.");
  public static final Field OFFER_CODE =
      C.optional("offer_code", STRING, "Offer", "方案", "Null where none fits or none is allowed.");
  public static final Field OFFER_VERSION =
      C.optional(
          "offer_version",
          STRING,
          "Version of the offer",
          "方案版本",
          "Of the rules, and a hash of the offer's own.");
  public static final Field OFFER_KIND =
      C.optional(
          "offer_kind",
          STRING,
          "Kind of offer",
          "方案类型",
          "COUPON, FREE_CHECK, MANAGER_CALL, PICK_UP_AND_DELIVERY, EXTENDED_WARRANTY, PACKAGE or REMINDER.");
  public static final Field OFFER_LABEL_EN =
      C.optional("offer_label_en", STRING, "Offer, English", "方案(英)", "Its name.");
  public static final Field OFFER_LABEL_ZH =
      C.optional("offer_label_zh", STRING, "Offer, Chinese", "方案名称", "Its name.");
  public static final Field CHANNEL =
      C.optional("channel", STRING, "Channel", "渠道", "PHONE, SMS, APP or LETTER.");
  public static final Field DISCOUNT_AMOUNT_MINOR =
      C.optional("discount_amount_minor", LONG, "Discount", "优惠金额", "If redeemed, hundredths.");
  public static final Field INCREMENTAL_VISIT_PROBABILITY =
      C.optional(
          "incremental_visit_probability",
          DOUBLE,
          "Incremental visit probability",
          "增量到店概率",
          "What the offer adds, at most the loss probability.");
  public static final Field INCREMENT_BASIS =
      C.optional(
          "increment_basis",
          STRING,
          "Basis of the increment",
          "增量依据",
          "ASSUMED by the rules, or SHRUNK: mean of what is assumed and what campaigns of the offer's version showed, by their precision.");
  public static final Field EXPECTED_COST_AMOUNT_MINOR =
      C.optional(
          "expected_cost_amount_minor",
          LONG,
          "Expected cost",
          "预期成本",
          "Probability of redeeming times discount, and the contact; hundredths.");
  public static final Field EXPECTED_GAIN_AMOUNT_MINOR =
      C.optional(
          "expected_gain_amount_minor",
          LONG,
          "Expected gain",
          "预期收益",
          "Incremental visit probability times margin less expected cost; hundredths.");
  public static final Field RANK_NO =
      C.optional("rank_no", INT, "Rank", "排名", "Within the dealer, by expected gain.");
  public static final Field HOLD_REASON =
      C.optional(
          "hold_reason",
          STRING,
          "Held back for",
          "暂缓原因",
          "Null if chosen; else EXITED, NO_CONSENT, NO_PHONE, OPEN_COMPLAINT (to the manager instead), CONTACT_CAP, IN_CAMPAIGN, NO_OFFER, NO_GAIN, OFFER_CAP, CAPACITY or BUDGET.");
  public static final Field CALLER_ROLE =
      C.optional(
          "caller_role",
          STRING,
          "Who calls",
          "联系人岗位",
          "ADVISOR, CALLER, MANAGER or PROGRAM; null where nobody does.");
  public static final Field CALLER_ID =
      C.optional("caller_id", STRING, "Caller", "联系人", "staff_id; null for anybody of the role.");
  public static final Field ARM =
      C.optional(
          "arm", STRING, "Arm", "分组", "OFFER, HOLD_OUT or RANDOM_CONTACT; null if not drawn.");
  public static final Field STRATUM =
      C.optional(
          "stratum",
          STRING,
          "Stratum",
          "分层",
          "Dealer and core customer or not, as a JSON list; null if not drawn.");
  public static final Field ASSIGNMENT_PROBABILITY =
      C.optional(
          "assignment_probability",
          DOUBLE,
          "Probability of the arm",
          "分组概率",
          "Probability with which the customer came into this arm, above 0 to 1.");
  public static final Field SALT_ID =
      C.optional("salt_id", STRING, "Salt", "盐值编号", "Name of the salt arms were drawn with.");
  public static final TableContract TABLE =
      C.table(
          Layer.DECISION,
          "winback_candidates",
          "Win-back candidates",
          "挽回候选",
          "one row per campaign and person at or above the loss probability",
          "marketing");

  private WinbackCandidates() {}
}
