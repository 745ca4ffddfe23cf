package io.servicelake.contract.serving;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Serving: one card per person, without personal data. */
public final class CustomerCards {
  private static final Columns C = new Columns();
  public static final Field CUSTOMER_ID =
      C.key("customer_id", STRING, "Customer", "客户", "The person, pseudonymous.");
  public static final Field DEALER_ID = C.with(io.servicelake.contract.silver.Dealers.DEALER_ID);
  public static final Field REGION = C.with(io.servicelake.contract.silver.Dealers.REGION);
  public static final Field BRAND = C.with(io.servicelake.contract.silver.Dealers.BRAND);
  public static final Field AS_OF_ON =
      C.required("as_of_on", DATE, "As of", "截至日", "Day of the scores.");
  public static final Field FIRST_VISIT_ON =
      C.required("first_visit_on", DATE, "First visit", "首次进厂", "Day.");
  public static final Field LAST_VISIT_ON =
      C.required("last_visit_on", DATE, "Last visit", "末次进厂", "Day.");
  public static final Field VISITS_24M_COUNT =
      C.required("visits_24m_count", INT, "Visits, 24 months", "近24月进厂", "Visit days.");
  public static final Field NET_24M_AMOUNT =
      C.required("net_24m_amount", MONEY, "Spent, 24 months", "近24月消费", "Units of the currency.");
  public static final Field MEMBER_TIER =
      C.optional("member_tier", STRING, "Member tier", "会员等级", "DIAMOND, GOLD, SILVER, BRONZE.");
  public static final Field MODEL = C.optional("model", STRING, "Model", "车型", "Main vehicle.");
  public static final Field POWERTRAIN =
      C.optional("powertrain", STRING, "Powertrain", "动力类型", "Main vehicle.");
  public static final Field DUE_ON =
      C.optional("due_on", DATE, "Service due", "保养到期", "Main vehicle.");
  public static final Field STATE =
      C.optional("state", STRING, "State", "状态", "With the group, by the service clock.");
  public static final Field DEALER_STATE =
      C.optional("dealer_state", STRING, "State with the dealer", "在店状态", "By visits there alone.");
  public static final Field MISSED_COUNT =
      C.optional("missed_count", INT, "Services missed", "漏保次数", "By the service clock.");
  public static final Field SPEND_SCORE =
      C.optional("spend_score", DOUBLE, "Spends", "消费", "Trait 1, 0 to 1.");
  public static final Field VEHICLE_SCORE =
      C.optional("vehicle_score", DOUBLE, "Vehicle", "车况", "Trait 2, 0 to 1.");
  public static final Field PROXIMITY_SCORE =
      C.optional("proximity_score", DOUBLE, "Near", "距离", "Trait 3, 0 to 1.");
  public static final Field LOYALTY_SCORE =
      C.optional("loyalty_score", DOUBLE, "Loyal", "忠诚", "Trait 4, 0 to 1.");
  public static final Field PARTICIPATION_SCORE =
      C.optional("participation_score", DOUBLE, "Takes part", "参与", "Trait 5, 0 to 1.");
  public static final Field CORE_SCORE =
      C.optional("core_score", DOUBLE, "Core score", "核心分", "0 to 1.");
  public static final Field IS_CORE =
      C.optional("is_core", BOOL, "Core customer", "核心客户", "True from the cut on.");
  public static final Field VALUE_TIER =
      C.optional("value_tier", STRING, "Value tier", "价值等级", "A, B, C by share of spend.");
  public static final Field CLUSTER_LABEL_EN =
      C.optional("cluster_label_en", STRING, "Cluster name", "簇名称(英)", "Behaviour cluster.");
  public static final Field CLUSTER_LABEL_ZH =
      C.optional("cluster_label_zh", STRING, "Cluster name, Chinese", "簇名称", "Behaviour cluster.");
  public static final Field CHURN_180D_PROBABILITY =
      C.optional(
          "churn_180d_probability",
          DOUBLE,
          "Loss probability",
          "180天流失概率",
          "Null where not in the population.");
  public static final Field REASON_CODE_1 =
      C.optional("reason_code_1", STRING, "First reason", "首要原因", "Association, not cause.");
  public static final Field REASON_CODE_2 =
      C.optional("reason_code_2", STRING, "Second reason", "次要原因", "Association, not cause.");
  public static final Field REASON_EVIDENCE_EN =
      C.optional(
          "reason_evidence_en",
          STRING,
          "Evidence",
          "依据(英)",
          "Of the first reason; null where nothing is recorded.");
  public static final Field REASON_EVIDENCE_ZH =
      C.optional(
          "reason_evidence_zh", STRING, "Evidence, Chinese", "依据", "As the English evidence.");
  public static final Field EXPECTED_180D_VISITS =
      C.optional(
          "expected_180d_visits",
          DOUBLE,
          "Expected visits, 180 days",
          "180天预期进厂",
          "Visit days; null where no model of repeat visits is in use.");
  public static final Field VISIT_180D_PROBABILITY =
      C.optional(
          "visit_180d_probability",
          DOUBLE,
          "Visit probability, 180 days",
          "180天进厂概率",
          "At least one visit anywhere in the group; null as the visits.");
  public static final Field MARGIN_36M_AMOUNT =
      C.optional(
          "margin_36m_amount",
          MONEY,
          "Margin, 36 months",
          "36个月毛利",
          "Expected, discounted, at the configured share of own pay; units of the currency. Null without a model of spend.");
  public static final Field MARGIN_36M_LOWER_AMOUNT =
      C.optional(
          "margin_36m_lower_amount",
          MONEY,
          "Margin, 36 months, lower",
          "36个月毛利下限",
          "95 % interval of the expectation; what a single customer brings scatters far wider.");
  public static final Field MARGIN_36M_UPPER_AMOUNT =
      C.optional(
          "margin_36m_upper_amount",
          MONEY,
          "Margin, 36 months, upper",
          "36个月毛利上限",
          "As the lower end.");
  public static final Field VALUE_MODEL_ID =
      C.optional(
          "value_model_id",
          STRING,
          "Basis of the value",
          "价值依据",
          "Model of visits and margin; its card tells its kind and how it did.");
  public static final Field COMEBACKS_12M_COUNT =
      C.required("comebacks_12m_count", INT, "Comebacks, 12 months", "近12月返修", "Visits.");
  public static final Field OPEN_COMPLAINTS_COUNT =
      C.required("open_complaints_count", INT, "Open complaints", "未结投诉", "As known.");
  public static final TableContract TABLE =
      C.table(
          Layer.SERVING,
          "customer_cards",
          "Customer cards",
          "客户卡",
          "one row per person of the latest snapshot",
          "customer relations");

  private CustomerCards() {}
}
