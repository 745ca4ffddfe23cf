package io.servicelake.ml.repeat;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.score.CustomerValues;
import io.servicelake.ml.Snapshots;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * Histories of visits: one row per customer and day they are told as of. Visits of one day count
 * once; the first visit starts the history and is no repeat. Times are in a {@link TimeUnit}.
 */
public final class Histories {
  /** Whose history it is. */
  public static final Field CUSTOMER_ID = CustomerSnapshots.CUSTOMER_ID;

  /** Where it is at home; null without dealers. */
  public static final Field DEALER_ID = CustomerValues.DEALER_ID;

  /** The day the history is told as of. */
  public static final Field SNAPSHOT_ON = Snapshots.SNAPSHOT_ON;

  public static final Field REPEAT_COUNT =
      new Field(
          "repeat_count",
          Columns.INT,
          false,
          "Repeat visits",
          "重复到店次数",
          "Days with a visit after the first, up to the snapshot day.");

  public static final Field RECENCY =
      new Field(
          "recency",
          Columns.DOUBLE,
          false,
          "Time of the last visit",
          "末次到店时点",
          "Time from the first visit to the last; 0 without a repeat.");

  public static final Field AGE =
      new Field(
          "age",
          Columns.DOUBLE,
          false,
          "Time observed",
          "观察时长",
          "Time from the first visit to the snapshot day.");

  public static final Field LOG_GAPS =
      new Field(
          "log_gaps",
          Columns.DOUBLE,
          false,
          "Log gaps",
          "间隔对数和",
          "Sum of the natural logarithms of the times between visits; 0 without a repeat.");

  public static final Field MEAN_VALUE =
      new Field(
          "mean_value",
          Columns.DOUBLE,
          true,
          "Mean value",
          "平均金额",
          "Mean value of the days with a repeat visit; null without one or without values.");

  private static final Field DAY = counting("day", Columns.INT);
  private static final Field VALUE = counting("value", Columns.DOUBLE);
  private static final Field GAP = counting("gap", Columns.DOUBLE);

  private Histories() {}

  /**
   * Histories as customer snapshots tell them; the value of a visit is what was paid by oneself.
   */
  public static Dataset<Row> ofSnapshots(Dataset<Row> snapshots, TimeUnit unit) {
    Column repeats = CustomerSnapshots.VISITS_COUNT.col().minus(1);
    return snapshots.select(
        CUSTOMER_ID.col(),
        CustomerSnapshots.HOME_DEALER_ID.col().as(DEALER_ID.name()),
        SNAPSHOT_ON.col(),
        repeats.as(REPEAT_COUNT.name()),
        functions
            .datediff(CustomerSnapshots.LAST_VISIT_ON.col(), CustomerSnapshots.FIRST_VISIT_ON.col())
            .divide(unit.days())
            .as(RECENCY.name()),
        functions
            .datediff(SNAPSHOT_ON.col(), CustomerSnapshots.FIRST_VISIT_ON.col())
            .divide(unit.days())
            .as(AGE.name()),
        CustomerSnapshots.LOG_GAPS
            .col()
            .minus(repeats.multiply(Math.log(unit.days())))
            .as(LOG_GAPS.name()),
        functions
            .when(
                repeats.gt(0),
                functions.round(
                    CustomerSnapshots.REPEAT_CUSTOMER_PAY_AMOUNT_MINOR
                        .col()
                        .divide(100.0)
                        .divide(repeats),
                    6))
            .as(MEAN_VALUE.name()));
  }

  /**
   * Histories from visits, any days; later ones than the snapshot day are passed over.
   *
   * @param value worth of a visit in units of the currency; a null literal if none is known
   */
  public static Dataset<Row> of(
      Dataset<Row> visits,
      Column customer,
      Column visitOn,
      Column value,
      LocalDate asOf,
      TimeUnit unit) {
    Column daysAgo = functions.datediff(Snapshots.date(asOf), visitOn);
    Dataset<Row> days =
        visits
            .where(daysAgo.geq(0))
            .groupBy(customer.as(CUSTOMER_ID.name()), daysAgo.as(DAY.name()))
            .agg(functions.sum(value.cast(Columns.DOUBLE)).as(VALUE.name()));
    Column gap =
        functions
            .lag(DAY.col(), 1)
            .over(Window.partitionBy(CUSTOMER_ID.col()).orderBy(DAY.col().desc()))
            .minus(DAY.col())
            .divide(unit.days());
    Column logGaps = functions.sum(functions.ln(GAP.col()));
    return days.withColumn(GAP.name(), gap)
        .groupBy(CUSTOMER_ID.col())
        .agg(
            functions.count(GAP.col()).cast(Columns.INT).as(REPEAT_COUNT.name()),
            functions
                .max(DAY.col())
                .minus(functions.min(DAY.col()))
                .divide(unit.days())
                .as(RECENCY.name()),
            functions.max(DAY.col()).divide(unit.days()).as(AGE.name()),
            functions.round(functions.coalesce(logGaps, functions.lit(0.0)), 9).as(LOG_GAPS.name()),
            functions
                .round(functions.avg(functions.when(GAP.col().isNotNull(), VALUE.col())), 6)
                .as(MEAN_VALUE.name()))
        .withColumn(SNAPSHOT_ON.name(), Snapshots.date(asOf))
        .withColumn(DEALER_ID.name(), functions.lit(null).cast(Columns.STRING));
  }

  private static Field counting(String name, DataType type) {
    return new Field(name, type, true, name, name, "While counting.");
  }
}
