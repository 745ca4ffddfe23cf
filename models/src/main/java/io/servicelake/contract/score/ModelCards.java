package io.servicelake.contract.score;

import static io.servicelake.contract.Columns.*;

import io.servicelake.contract.*;

/** Score: what each trained model was measured to do, beside the naive rule. */
public final class ModelCards {
  private static final Columns C = new Columns();
  public static final Field MODEL_ID =
      C.key(
          "model_id",
          STRING,
          "Model id",
          "模型编号",
          "Name, as-of day and content hash of its manifest.");
  public static final Field METRIC =
      C.key(
          "metric",
          STRING,
          "Metric",
          "指标",
          "E.g. auc, average_precision, brier, calibration_error, lift_at_10; metric@slice of a part of the rows.");
  public static final Field MODEL_NAME =
      C.required(
          "model_name",
          STRING,
          "Model",
          "模型",
          "CHURN_180D, DEALER_CHURN_180D, CHURN_365D, REPEAT_VISITS, SERVICE_DUE, COMPONENT_RISK_90D, CUSTOMER_SEGMENTS, TECHNICIAN_CLUSTERS; WINBACK_UPLIFT in the cards of campaigns.");
  public static final Field AS_OF =
      C.required("as_of", DATE, "As of", "截至日", "Nothing known later was used.");
  public static final Field TRAIN_FROM_ON =
      C.required(
          "train_from_on", DATE, "Trained from", "训练起", "First snapshot day of the training part.");
  public static final Field TRAIN_UNTIL_ON =
      C.required(
          "train_until_on", DATE, "Trained until", "训练止", "Last day of the training labels.");
  public static final Field TEST_FROM_ON =
      C.optional(
          "test_from_on",
          DATE,
          "Tested from",
          "测试起",
          "Snapshot day of the test part; null if there is none.");
  public static final Field TEST_UNTIL_ON =
      C.optional("test_until_on", DATE, "Tested until", "测试止", "Last day of the test labels.");
  public static final Field TRAIN_COUNT =
      C.required("train_count", LONG, "Training rows", "训练行数", "Rows.");
  public static final Field TEST_COUNT =
      C.required("test_count", LONG, "Test rows", "测试行数", "Rows.");
  public static final Field VALUE =
      C.required("value", DOUBLE, "Value", "值", "The model's, on later time.");
  public static final Field VALUE_LOWER =
      C.optional("value_lower", DOUBLE, "Lower", "下限", "Lower end of the 95 % bootstrap interval.");
  public static final Field VALUE_UPPER =
      C.optional("value_upper", DOUBLE, "Upper", "上限", "Upper end of the 95 % bootstrap interval.");
  public static final Field NAIVE_VALUE =
      C.optional(
          "naive_value",
          DOUBLE,
          "Naive rule",
          "简单规则",
          "The same metric of the naive rule; null where none applies.");
  public static final Field NAIVE_RULE =
      C.optional("naive_rule", STRING, "Rule", "规则说明", "What the rule is.");
  public static final Field VERDICT =
      C.required(
          "verdict",
          STRING,
          "Verdict",
          "结论",
          "BEATS_RULE, NOT_BETTER (no better than the rule beyond noise) or REPORTED (no rule to beat).");
  public static final Field SPLIT =
      C.required(
          "split",
          STRING,
          "Split",
          "划分",
          "How training and test time were kept apart; of churn, which kind was kept and whether it was put in use.");
  public static final TableContract TABLE =
      C.table(
          Layer.SCORE,
          "model_cards",
          "Model cards",
          "模型卡",
          "one row per model and metric",
          "data science");

  private ModelCards() {}
}
