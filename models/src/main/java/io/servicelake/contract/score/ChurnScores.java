package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: probability that a person does not come back. */
public final class ChurnScores {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Home dealer.");
  public static final Field CHURN_180D_PROBABILITY =
      C.required(
          "churn_180d_probability",
          DOUBLE,
          "Loss probability, 180 days",
          "180天流失概率",
          "No visit anywhere in the group within 180 days.");
  public static final Field DEALER_CHURN_180D_PROBABILITY =
      C.optional(
          "dealer_churn_180d_probability",
          DOUBLE,
          "Dealer loss probability, 180 days",
          "180天经销商流失概率",
          "No visit at the home dealer within 180 days; null if its model does not beat the rules.");
  public static final Field CHURN_365D_PROBABILITY =
      C.optional(
          "churn_365d_probability",
          DOUBLE,
          "Loss probability, 365 days",
          "365天流失概率",
          "No visit in the group within 365 days; null if history is too short or its model does not beat the rules.");
  public static final Field RECENCY_DAYS =
      C.required(
          "recency_days", INT, "Recency", "距上次天数", "Days since the last visit: the naive rule.");

  /** What happened is evidence for so many days. */
  public static final int EVIDENCE_DAYS = 365;

  /**
   * Days from receipt to closing of a complaint above which it is evidence: 48 hours, clock-001.
   */
  public static final int CLOSING_DAYS = 2;

  /** Mean mark of 1 to 5 from which down it is evidence. */
  public static final double LOW_MARK = 3;

  /**
   * Contribution to the logit below which the score speaks against a cause, by about one percentage
   * point. A cause need not raise the score by itself: who waited for a car also came, which lowers
   * it.
   */
  public static final double LEAST_CONTRIBUTION = -0.05;

  /** Digits after the point of a contribution. */
  public static final int CONTRIBUTION_DIGITS = 6;

  /** Where contributions start from. */
  public static final String REFERENCE = "REFERENCE";

  public static final Field REASON_CODE_1 =
      C.required(
          "reason_code_1",
          STRING,
          "First reason",
          "首要原因",
          "First of the causes that have evidence and that the score does not speak against (contribution of -0.05 or more), the special first: COMPLAINT; PRICE for a large bill; WARRANTY_ENDED within a year; EXPERIENCE; PRICE for a low mark; DISTANCE; WARRANTY_ENDED longer ago and VEHICLE_AGE, the stronger first; then OVERDUE and HABIT where they raise the score; HABIT where there is none of these.");
  public static final Field REASON_CODE_2 =
      C.optional(
          "reason_code_2", STRING, "Second reason", "次要原因", "The next of these; null if none is.");
  public static final Field CONTRIBUTIONS =
      C.optional(
          "contributions",
          DOUBLES_BY_NAME,
          "Contributions",
          "贡献",
          "What each group of features adds to the logit of churn_180d_probability, by reason code or SEASON, and under REFERENCE where it starts: they add up to it. 6 digits each, the sum to 0.00003. Null in rows scored before they were kept.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model", "模型", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "churn_scores",
          "Churn scores",
          "流失评分",
          "one row per person in the population and day scored: a visit in 24 months, not exited",
          "data science");

  private ChurnScores() {}
}
