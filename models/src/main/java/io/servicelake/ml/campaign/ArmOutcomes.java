package io.servicelake.ml.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What became of the customers of one stratum and arm, everybody assigned counted.
 *
 * @param visitors customers with a visit
 * @param margin margins of all of them, in the unit given; none counts as 0
 * @param contacted customers to whom a contact was sent
 * @param reached customers who were reached
 */
public record ArmOutcomes(
    String stratum, Arm arm, long visitors, MarginMoments margin, long contacted, long reached) {
  /** Whose outcome it is. */
  public static final Field CUSTOMER_ID = Assignments.CUSTOMER_ID;

  public static final Field VISIT_COUNT =
      new Field("visit_count", Columns.LONG, true, "Visits", "到店次数", "Visits in the window.");

  public static final Field MARGIN_AMOUNT_MINOR =
      new Field(
          "margin_amount_minor",
          Columns.LONG,
          true,
          "Margin",
          "毛利",
          "Margin in the window, hundredths.");

  public static final Field IS_CONTACTED =
      new Field(
          "is_contacted", Columns.BOOL, true, "Contacted", "已联系", "A contact was sent or tried.");

  public static final Field IS_REACHED =
      new Field("is_reached", Columns.BOOL, true, "Reached", "已触达", "The customer was reached.");

  private static final DataType WHOLE = DataTypes.createDecimalType(19, 0);

  /**
   * Adds outcomes up by stratum and arm. Assigned customers without an outcome count as not
   * visiting, without margin and not contacted; outcomes of others are passed over.
   *
   * @param assignments as {@link Assignments} drew them and they were frozen
   * @param outcomes any number of rows per customer, with the columns of this class
   */
  public static List<ArmOutcomes> of(
      Dataset<Row> assignments, Dataset<Row> outcomes, String campaignId) {
    Dataset<Row> byCustomer =
        outcomes
            .groupBy(CUSTOMER_ID.col())
            .agg(
                functions.sum(VISIT_COUNT.col()).as(VISIT_COUNT.name()),
                functions.sum(MARGIN_AMOUNT_MINOR.col()).as(MARGIN_AMOUNT_MINOR.name()),
                functions.bool_or(IS_CONTACTED.col()).as(IS_CONTACTED.name()),
                functions.bool_or(IS_REACHED.col()).as(IS_REACHED.name()));
    Column margin = functions.coalesce(MARGIN_AMOUNT_MINOR.col(), functions.lit(0L)).cast(WHOLE);
    return assignments
        .where(Assignments.CAMPAIGN_ID.col().equalTo(campaignId))
        .select(Assignments.STRATUM.col(), Assignments.ARM.col(), Assignments.CUSTOMER_ID.col())
        .join(byCustomer, new String[] {CUSTOMER_ID.name()}, "left")
        .groupBy(Assignments.STRATUM.col(), Assignments.ARM.col())
        .agg(
            functions.count(functions.lit(1)),
            functions.count_if(VISIT_COUNT.col().gt(0)),
            functions.sum(margin),
            functions.sum(margin.multiply(margin)),
            shape(functions.skewness(margin.cast(Columns.DOUBLE))),
            shape(functions.kurtosis(margin.cast(Columns.DOUBLE))),
            functions.count_if(IS_CONTACTED.col()),
            functions.count_if(IS_REACHED.col()))
        .orderBy(Assignments.STRATUM.col(), Assignments.ARM.col())
        .collectAsList()
        .stream()
        .map(ArmOutcomes::ofRow)
        .toList();
  }

  /** Rounded, so that the order of adding up does not show; 0 where all margins are alike. */
  private static Column shape(Column value) {
    Column rounded = functions.round(functions.nanvl(value, functions.lit(0.0)), 6);
    return functions.coalesce(rounded, functions.lit(0.0));
  }

  private static ArmOutcomes ofRow(Row row) {
    BigDecimal count = BigDecimal.valueOf(row.getLong(2));
    BigDecimal sum = row.getDecimal(4);
    BigDecimal squares =
        row.getDecimal(5).subtract(sum.multiply(sum).divide(count, MathContext.DECIMAL128));
    return new ArmOutcomes(
        row.getString(0),
        Arm.valueOf(row.getString(1)),
        row.getLong(3),
        MarginMoments.of(
            count.doubleValue(),
            sum.doubleValue() / count.doubleValue(),
            squares.doubleValue(),
            row.getDouble(6),
            row.getDouble(7)),
        row.getLong(8),
        row.getLong(9));
  }

  /** Customers assigned. */
  public long customers() {
    return (long) margin.count();
  }

  /** The same arm of two strata taken together. */
  ArmOutcomes plus(ArmOutcomes other) {
    return new ArmOutcomes(
        stratum,
        arm,
        visitors + other.visitors,
        margin.plus(other.margin),
        contacted + other.contacted,
        reached + other.reached);
  }

  /** An arm nobody of a stratum came into. */
  static ArmOutcomes none(String stratum, Arm arm) {
    return new ArmOutcomes(stratum, arm, 0, MarginMoments.NONE, 0, 0);
  }
}
