package io.servicelake.transform.feature;

import static io.servicelake.transform.AsOfDays.SNAPSHOT_ON;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Picks the snapshots worth writing: rows that differ from the entity's previous one, and the first
 * of each entity from a month end on; so a month end holds everybody, and {@link SnapshotsAsOf}
 * never looks back farther than one.
 */
public final class KeepChanges {
  private static final Field IS_STORED =
      new Field("is_stored", Columns.BOOL, false, "Stored", "已存", "True for rows of the table.");
  private static final Field PREVIOUS_ON = SNAPSHOT_ON.as("previous_on").orNull();
  private static final Field IS_CHANGED =
      new Field("is_changed", Columns.BOOL, false, "Changed", "变化", "True if another row before.");

  private KeepChanges() {}

  /**
   * The computed rows to append.
   *
   * @param computed every row of one or more days
   * @param latestBefore {@link SnapshotsAsOf#latest} as of the day before the first of them
   */
  public static Dataset<Row> compute(
      TableContract table, Dataset<Row> computed, Dataset<Row> latestBefore) {
    WindowSpec history = Window.partitionBy(SnapshotsAsOf.entity(table)).orderBy(SNAPSHOT_ON.col());
    Column state =
        struct(
            SnapshotsAsOf.columns(
                table.fields().stream()
                    .filter(field -> !SnapshotsAsOf.isDay(field) && !table.key().contains(field))));
    Column isDue =
        PREVIOUS_ON
            .col()
            .isNull()
            .or(IS_CHANGED.col())
            .or(PREVIOUS_ON.col().lt(SnapshotsAsOf.monthEndUpTo(SNAPSHOT_ON.col())));
    return latestBefore
        .select(SnapshotsAsOf.columns(table))
        .withColumn(IS_STORED.name(), lit(true))
        .union(
            computed.select(SnapshotsAsOf.columns(table)).withColumn(IS_STORED.name(), lit(false)))
        .withColumn(PREVIOUS_ON.name(), lag(SNAPSHOT_ON.col(), 1).over(history))
        .withColumn(IS_CHANGED.name(), not(lag(state, 1).over(history).eqNullSafe(state)))
        .where(not(IS_STORED.col()).and(isDue))
        .select(SnapshotsAsOf.columns(table));
  }
}
