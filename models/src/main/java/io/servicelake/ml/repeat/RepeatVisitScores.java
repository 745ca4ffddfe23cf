package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of the scores of repeat visits: one row per customer and day. Rounded to 6 digits. */
public final class RepeatVisitScores {
  public static final Field CUSTOMER_ID = Histories.CUSTOMER_ID;

  public static final Field SCORED_ON =
      new Field("scored_on", Columns.DATE, false, "Scored on", "评分日", "Day of the history.");

  public static final Field EXPECTED_VISITS =
      number("expected_visits", false, "Expected visits", "预期到店次数", "Within the model's horizon.");

  public static final Field RETURN_PROBABILITY =
      number(
          "return_probability",
          false,
          "Probability of coming back",
          "回店概率",
          "At least one visit within the model's horizon.");

  public static final Field ALIVE_PROBABILITY =
      number(
          "alive_probability",
          false,
          "Probability of still being a customer",
          "存续概率",
          "Not to rank by: under BG/NBD it is 1 for everybody without a repeat visit.");

  public static final Field EXPECTED_MARGIN =
      number(
          "expected_margin",
          true,
          "Expected margin",
          "预期毛利",
          "Present value over the model's years; null without a model of spend.");

  public static final Field EXPECTED_MARGIN_LOWER =
      number(
          "expected_margin_lower",
          true,
          "Expected margin, lower end",
          "预期毛利下限",
          "95 % interval of the expectation; the customer's own margin scatters far wider.");

  public static final Field EXPECTED_MARGIN_UPPER =
      number(
          "expected_margin_upper",
          true,
          "Expected margin, upper end",
          "预期毛利上限",
          "As the lower end.");

  public static final Field MODEL_ID =
      new Field("model_id", Columns.STRING, false, "Model", "模型", "Which model scored.");

  /** What one history is scored with. */
  static final StructType FIGURES =
      DataTypes.createStructType(
          new StructField[] {
            EXPECTED_VISITS.toStructField(),
            RETURN_PROBABILITY.toStructField(),
            ALIVE_PROBABILITY.toStructField(),
            EXPECTED_MARGIN.toStructField(),
            EXPECTED_MARGIN_LOWER.toStructField(),
            EXPECTED_MARGIN_UPPER.toStructField()
          });

  private RepeatVisitScores() {}

  private static Field number(
      String name, boolean isNullable, String labelEn, String labelZh, String meaning) {
    return new Field(name, Columns.DOUBLE, isNullable, labelEn, labelZh, meaning);
  }
}
