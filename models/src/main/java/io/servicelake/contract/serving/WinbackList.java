package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;
import io.servicelake.contract.decision.WinbackCandidates;
import org.apache.spark.sql.Column;

/**
 * Serving: whom to win back with what, and who is held back for which reason; pseudonymous.
 * Customers held out are not on it: nobody shall call them.
 */
public final class WinbackList {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key(
          "customer_id",
          STRING,
          "Customer",
          "客户",
          "The person, pseudonymous, by the id it was drawn under; its files may since be linked to another.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day the list is of.");
  public static final Field CAMPAIGN_ID =
      C.required("campaign_id", STRING, "Campaign", "活动", "That drew them, or left them out.");
  public static final Field ASSIGNED_ON = C.with(WinbackCandidates.ASSIGNED_ON);
  public static final Field WINDOW_UNTIL_ON = C.with(WinbackCandidates.WINDOW_UNTIL_ON);
  public static final Field RANK_NO =
      C.required(
          "rank_no",
          INT,
          "Rank",
          "排名",
          "Within the dealer, who is to be contacted first, by expected gain.");
  public static final Field CHURN_180D_PROBABILITY =
      C.required("churn_180d_probability", DOUBLE, "Loss probability", "180天流失概率", "In the group.");
  public static final Field YEARLY_SPEND_AMOUNT =
      C.required(
          "yearly_spend_amount",
          MONEY,
          "Yearly spend",
          "年均消费",
          "Own pay of 24 months, halved; units of the currency.");
  public static final Field SPEND_AT_RISK_AMOUNT =
      C.required(
          "spend_at_risk_amount",
          MONEY,
          "Spend at risk",
          "风险消费",
          "Loss probability times yearly spend; a ranking figure, not a forecast of gain.");
  public static final Field EXPECTED_MARGIN_AMOUNT =
      C.required(
          "expected_margin_amount",
          MONEY,
          "Expected margin",
          "预期毛利",
          "Of three years, discounted, as of the day it was drawn; units of the currency.");
  public static final Field MARGIN_BASIS = C.with(WinbackCandidates.MARGIN_BASIS);
  public static final Field REASON_CODE_1 =
      C.required("reason_code_1", STRING, "First reason", "首要原因", "Association, not cause.");
  public static final Field REASON_CODE_2 =
      C.optional("reason_code_2", STRING, "Second reason", "次要原因", "Association, not cause.");
  public static final Field EVIDENCE_EN =
      C.required(
          "evidence_en",
          STRING,
          "Evidence",
          "依据(英)",
          "What the reasons rest on, as of the day it was drawn.");
  public static final Field EVIDENCE_ZH =
      C.required(
          "evidence_zh",
          STRING,
          "Evidence, Chinese",
          "依据",
          "What the reasons rest on, as of the day it was drawn.");
  public static final Field IS_CORE =
      C.optional("is_core", BOOL, "Core customer", "核心客户", "True from the cut on.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "Day.");
  public static final Field TASK =
      C.optional(
          "task",
          STRING,
          "To do",
          "任务",
          "MAKE_OFFER, or SETTLE_COMPLAINT: the manager settles the open complaint, no offer is made; null if there is nothing to do.");
  public static final Field OFFER_CODE = C.with(WinbackCandidates.OFFER_CODE);
  public static final Field OFFER_VERSION = C.with(WinbackCandidates.OFFER_VERSION);
  public static final Field OFFER_LABEL_EN = C.with(WinbackCandidates.OFFER_LABEL_EN);
  public static final Field OFFER_LABEL_ZH = C.with(WinbackCandidates.OFFER_LABEL_ZH);
  public static final Field CHANNEL = C.with(WinbackCandidates.CHANNEL);
  public static final Field DISCOUNT_AMOUNT =
      C.optional(
          "discount_amount", MONEY, "Discount", "优惠金额", "If redeemed; units of the currency.");
  public static final Field EXPECTED_GAIN_AMOUNT =
      C.optional(
          "expected_gain_amount",
          MONEY,
          "Expected gain",
          "预期收益",
          "Incremental visit probability times margin less expected cost; units of the currency.");
  public static final Field INCREMENT_BASIS = C.with(WinbackCandidates.INCREMENT_BASIS);
  public static final Field CALLER_ROLE = C.with(WinbackCandidates.CALLER_ROLE);
  public static final Field CALLER_ID = C.with(WinbackCandidates.CALLER_ID);
  public static final Field STATE =
      C.optional(
          "state",
          STRING,
          "State",
          "状态",
          "OPEN, CALL_AGAIN (nobody answered, the customer asked for it, or complained), CALLED or VISITED since it was drawn; null for those the campaign left out, but for an open complaint.");
  public static final Field MAY_CONTACT =
      C.required(
          "may_contact",
          BOOL,
          "To be offered",
          "可联系",
          "True if the campaign is to make them an offer and nothing stands against it.");
  public static final Field HOLD_REASON =
      C.optional(
          "hold_reason",
          STRING,
          "Held back for",
          "暂缓原因",
          "EXITED, NO_CONSENT, NO_PHONE, OPEN_COMPLAINT (to the manager instead), CONTACT_CAP, IN_CAMPAIGN, NO_OFFER, NO_GAIN, OFFER_CAP, CAPACITY, BUDGET or WINDOW_OVER (no call can be made within it any more); null if to be offered.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "winback_list",
          "Win-back list",
          "挽回名单",
          "one row per candidate of the latest campaign, or drawn by an earlier one whose window is open and not come since, but those held out",
          "marketing");

  private WinbackList() {}

  /** True of those to whom there is something to do and who were not reached yet. */
  public static Column isToCall() {
    return TASK.col().isNotNull();
  }
}
