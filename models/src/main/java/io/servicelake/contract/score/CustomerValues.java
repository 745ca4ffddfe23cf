package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: what a person will still bring, by visits so far. */
public final class CustomerValues {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person.");
  public static final Field SCORED_ON = C.key("scored_on", DATE, "As of", "截至日", "The day.");
  public static final Field DEALER_ID =
      C.required("dealer_id", STRING, "Dealer", "经销商", "Home dealer.");
  public static final Field EXPECTED_180D_VISITS =
      C.required(
          "expected_180d_visits", DOUBLE, "Expected visits, 180 days", "180天预期进厂", "Visit days.");
  public static final Field VISIT_180D_PROBABILITY =
      C.required(
          "visit_180d_probability",
          DOUBLE,
          "Visit probability, 180 days",
          "180天进厂概率",
          "At least one visit anywhere in the group.");
  public static final Field MARGIN_36M_AMOUNT_MINOR =
      C.optional(
          "margin_36m_amount_minor",
          LONG,
          "Margin, 36 months",
          "36个月毛利",
          "Expected, discounted, at the configured share of own pay; hundredths. Null where the data give no model of spend.");
  public static final Field MARGIN_36M_LOWER_AMOUNT_MINOR =
      C.optional(
          "margin_36m_lower_amount_minor",
          LONG,
          "Margin, 36 months, lower",
          "36个月毛利下限",
          "95 % interval of the expectation; what a single customer brings scatters far wider.");
  public static final Field MARGIN_36M_UPPER_AMOUNT_MINOR =
      C.optional(
          "margin_36m_upper_amount_minor",
          LONG,
          "Margin, 36 months, upper",
          "36个月毛利上限",
          "As the lower end.");
  public static final Field MODEL_ID =
      C.required("model_id", STRING, "Model", "模型", "Manifest it was scored with.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "customer_values",
          "Customer values",
          "客户价值",
          "one row per person who holds a vehicle and day scored",
          "marketing");

  private CustomerValues() {}
}
