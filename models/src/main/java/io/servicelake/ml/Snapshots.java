package io.servicelake.ml;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Reads of snapshot tables: a row stands until the entity's next one; month ends are full. */
public final class Snapshots {
  /** The day every snapshot table is keyed by. */
  public static final Field SNAPSHOT_ON =
      new Field("snapshot_on", Columns.DATE, false, "As of", "截至日", "The day.");

  private static final Field ROW_NO =
      new Field("row_no", Columns.INT, false, "Row", "行号", "1 is the latest.");

  private Snapshots() {}

  /**
   * The latest row per entity since the last month end on or before the day, with {@code
   * snapshot_on} set to the day. Entities without a row since then (merged, gone) are left out.
   */
  public static Dataset<Row> asOf(Dataset<Row> snapshots, List<Field> entity, LocalDate day) {
    Column[] key = entity.stream().map(Field::col).toArray(Column[]::new);
    return snapshots
        .where(SNAPSHOT_ON.col().between(date(TimeSplit.trainingDay(day)), date(day)))
        .withColumn(
            ROW_NO.name(),
            functions.row_number().over(Window.partitionBy(key).orderBy(SNAPSHOT_ON.col().desc())))
        .where(ROW_NO.col().equalTo(1))
        .drop(ROW_NO.col())
        .withColumn(SNAPSHOT_ON.name(), date(day));
  }

  /** The distinct snapshot days up to a day, in order. */
  public static List<LocalDate> days(Dataset<Row> snapshots, LocalDate until) {
    return snapshots
        .where(SNAPSHOT_ON.col().leq(date(until)))
        .select(SNAPSHOT_ON.col())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getDate(0).toLocalDate())
        .sorted()
        .toList();
  }

  /** The rows of the given days. */
  public static Dataset<Row> on(Dataset<Row> snapshots, Collection<LocalDate> days) {
    return snapshots.where(SNAPSHOT_ON.col().isin(days.stream().map(Date::valueOf).toArray()));
  }

  /** A day as a column. */
  public static Column date(LocalDate day) {
    return functions.lit(Date.valueOf(day));
  }
}
