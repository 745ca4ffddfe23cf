package io.servicelake.ml.campaign;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Dataset<Row> rows =
        assignments
            .where(Assignments.CAMPAIGN_ID.col().equalTo(campaignId))
            .select(Assignments.STRATUM.col(), Assignments.ARM.col(), Assignments.CUSTOMER_ID.col())
            .join(byCustomer, new String[] {CUSTOMER_ID.name()}, "left");
    return byGroup(rows).getOrDefault(List.of(), List.of());
  }

  /**
   * Adds outcomes up by group, stratum and arm; groups in order.
   *
   * @param rows one per customer assigned, with stratum, arm and the columns of this class
   * @param group never null
   */
  public static Map<List<Object>, List<ArmOutcomes>> byGroup(Dataset<Row> rows, Field... group) {
    List<Column> by = Stream.of(group).map(Field::col).collect(Collectors.toList());
    by.add(Assignments.STRATUM.col());
    by.add(Assignments.ARM.col());
    Column[] keys = by.toArray(Column[]::new);
    Column margin = functions.coalesce(MARGIN_AMOUNT_MINOR.col(), functions.lit(0L)).cast(WHOLE);
    Map<List<Object>, List<ArmOutcomes>> groups = new LinkedHashMap<>();
    rows.groupBy(keys)
        .agg(
            functions.count(functions.lit(1)),
            functions.count_if(VISIT_COUNT.col().gt(0)),
            functions.sum(margin),
            functions.sum(margin.multiply(margin)),
            shape(functions.skewness(margin.cast(Columns.DOUBLE))),
            shape(functions.kurtosis(margin.cast(Columns.DOUBLE))),
            functions.count_if(IS_CONTACTED.col()),
            functions.count_if(IS_REACHED.col()))
        .orderBy(keys)
        .collectAsList()
        .forEach(
            row -> {
              List<Object> key = new ArrayList<>();
              for (int i = 0; i < group.length; i++) {
                key.add(row.get(i));
              }
              groups.computeIfAbsent(key, any -> new ArrayList<>()).add(ofRow(row, group.length));
            });
    return groups;
  }

  /** Rounded, so that the order of adding up does not show; 0 where all margins are alike. */
  private static Column shape(Column value) {
    Column rounded = functions.round(functions.nanvl(value, functions.lit(0.0)), 6);
    return functions.coalesce(rounded, functions.lit(0.0));
  }

  /**
   * @param at column of the stratum
   */
  private static ArmOutcomes ofRow(Row row, int at) {
    BigDecimal count = BigDecimal.valueOf(row.getLong(at + 2));
    BigDecimal sum = row.getDecimal(at + 4);
    BigDecimal squares =
        row.getDecimal(at + 5).subtract(sum.multiply(sum).divide(count, MathContext.DECIMAL128));
    return new ArmOutcomes(
        row.getString(at),
        Arm.valueOf(row.getString(at + 1)),
        row.getLong(at + 3),
        MarginMoments.of(
            count.doubleValue(),
            sum.doubleValue() / count.doubleValue(),
            squares.doubleValue(),
            row.getDouble(at + 6),
            row.getDouble(at + 7)),
        row.getLong(at + 8),
        row.getLong(at + 9));
  }

  /** Strata of the same name and arm put together, in order. */
  public static List<ArmOutcomes> merged(Collection<ArmOutcomes> parts) {
    Map<List<String>, ArmOutcomes> byStratum = new TreeMap<>(Comparator.comparing(List::toString));
    parts.forEach(
        part ->
            byStratum.merge(List.of(part.stratum(), part.arm().name()), part, ArmOutcomes::plus));
    return List.copyOf(byStratum.values());
  }

  /** Customers assigned. */
  public long customers() {
    return (long) margin.count();
  }

  /** The same of a stratum that is named apart from those of other campaigns. */
  public ArmOutcomes within(String campaign) {
    return new ArmOutcomes(campaign + stratum, arm, visitors, margin, contacted, reached);
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
