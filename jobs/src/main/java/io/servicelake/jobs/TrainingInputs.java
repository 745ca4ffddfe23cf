package io.servicelake.jobs;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.jobs.io.Contents;
import io.servicelake.jobs.io.Lakehouse;
import io.servicelake.ml.TimeSplit;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables a training learns from, and whether they still say what they said when it was last
 * done. Facts after the training day do not count: a model is trained anew when a month has ended
 * or when its past was corrected.
 *
 * @param tables each with its day
 */
record TrainingInputs(List<Dated> tables) {
  /**
   * One table.
   *
   * @param day date column: rows after the training day are not learned from; null for a table
   *     without days, in which only the rows that were there before count
   */
  record Dated(TableContract table, Field day) {}

  /** The tables alone. */
  TableContract[] contracts() {
    return tables.stream().map(Dated::table).toArray(TableContract[]::new);
  }

  /** True if training again would learn from the same rows with the same code and settings. */
  boolean areUnchanged(RunContext run) {
    LocalDate trainingDay = TimeSplit.trainingDay(run.asOf());
    Optional<LocalDate> last = run.lastAsOf().map(TimeSplit::trainingDay);
    return last.filter(trainingDay::equals).isPresent()
        && tables.stream().noneMatch(table -> isChanged(table, trainingDay, run));
  }

  private static boolean isChanged(Dated dated, LocalDate trainingDay, RunContext run) {
    TableContract table = dated.table();
    long from = run.in().lastVersion(table);
    long to = run.in().version(table);
    if (from == to) {
      return false;
    }
    if (from < 0 || to < from) {
      return true;
    }
    Dataset<Row> changes = run.lake().changes(table, from, to);
    if (dated.day() != null) {
      changes = changes.where(dated.day().col().leq(Date.valueOf(trainingDay)));
    }
    // A row that was removed and added again cancels out.
    Column isOther = col("_net").notEqual(0);
    return !changes
        .withColumn("_hash", Contents.rowHash(table))
        .groupBy(table.key().stream().map(Field::col).toArray(Column[]::new))
        .agg(
            bit_xor(col("_hash")).as("_net"),
            count_if(col(Lakehouse.CHANGE_TYPE).isin("delete", "update_preimage")).as("_removed"))
        .where(dated.day() != null ? isOther : isOther.and(col("_removed").gt(lit(0))))
        .isEmpty();
  }
}
