package io.servicelake.transform.feature;

import static io.servicelake.transform.AsOfDays.SNAPSHOT_ON;
import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Reads stored snapshots as of a day: the latest row of each entity since the last month end. The
 * month end holds everybody, so an entity that left the population (merged into another person,
 * vehicle gone, no work in the window) is absent from the first month end after it left; until then
 * its last row stands.
 */
public final class SnapshotsAsOf {
  private static final Field DAY = SNAPSHOT_ON.as("day");
  private static final Field FROM = SNAPSHOT_ON.as("from_on");
  private static final Field PLACE =
      new Field("place", Columns.INT, false, "Place", "次序", "1 is the latest row of the entity.");

  private SnapshotsAsOf() {}

  /**
   * Latest row per entity as of a day, with the day it was written on; empty before the first
   * snapshot.
   */
  public static Dataset<Row> latest(TableContract table, Dataset<Row> snapshots, LocalDate day) {
    Dataset<Row> days = snapshots.sparkSession().range(1).select(lit(day).as(SNAPSHOT_ON.name()));
    return placed(table, snapshots, days).select(columns(table));
  }

  /**
   * Latest row per entity as of each of several days, with that day as its snapshot_on.
   *
   * @param days as-of days, from {@link io.servicelake.transform.AsOfDays}
   */
  public static Dataset<Row> onDays(
      TableContract table, Dataset<Row> snapshots, Dataset<Row> days) {
    return placed(table, snapshots, days)
        .withColumn(SNAPSHOT_ON.name(), DAY.col())
        .select(columns(table));
  }

  /** The last month end up to a day, the day itself included. */
  static Column monthEndUpTo(Column day) {
    return last_day(add_months(date_add(day, 1), -1));
  }

  /** Columns that tell one entity from another: the key without the day. */
  static Column[] entity(TableContract table) {
    return columns(table.key().stream().filter(field -> !isDay(field)));
  }

  static boolean isDay(Field field) {
    return field.name().equals(SNAPSHOT_ON.name());
  }

  static Column[] columns(TableContract table) {
    return columns(table.fields().stream());
  }

  static Column[] columns(Stream<Field> fields) {
    return fields.map(Field::col).toArray(Column[]::new);
  }

  private static Dataset<Row> placed(
      TableContract table, Dataset<Row> snapshots, Dataset<Row> days) {
    Dataset<Row> asked = days.select(SNAPSHOT_ON.col().as(DAY.name()));
    Dataset<Row> spans =
        broadcast(asked)
            .join(snapshots.select(SNAPSHOT_ON.col()).distinct(), SNAPSHOT_ON.col().leq(DAY.col()))
            .groupBy(DAY.col())
            .agg(monthEndUpTo(max(SNAPSHOT_ON.col())).as(FROM.name()));
    return snapshots
        .join(
            broadcast(spans),
            SNAPSHOT_ON.col().leq(DAY.col()).and(SNAPSHOT_ON.col().geq(FROM.col())))
        .withColumn(
            PLACE.name(),
            row_number()
                .over(
                    Window.partitionBy(
                            Stream.concat(Stream.of(DAY.col()), List.of(entity(table)).stream())
                                .toArray(Column[]::new))
                        .orderBy(SNAPSHOT_ON.col().desc())))
        .where(PLACE.col().equalTo(1));
  }
}
