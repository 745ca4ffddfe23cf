package io.servicelake.jobs;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.Columns;
import io.servicelake.contract.Field;
import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.jobs.io.Contents;
import io.servicelake.transform.AsOfDays;
import io.servicelake.transform.feature.KeepChanges;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days a step of snapshots or of states computes: the as-of day, and of the month ends kept
 * those that are not stored yet or that the changes of its inputs may reach. A change reaches the
 * days from its {@code known_at} on, so work grows with what changed and how far back it was known.
 */
final class SnapshotDays {
  private final TableContract table;
  private final List<LocalDate> days;
  private final Dataset<Row> rows;
  private final Dataset<Row> stored;

  private SnapshotDays(TableContract table, List<LocalDate> days, Inputs in, RunContext run) {
    this.table = table;
    this.days = days;
    this.rows = AsOfDays.of(run.spark(), run.zone(), days);
    this.stored = in.output();
  }

  /**
   * @param months month ends kept
   * @param bitemporal inputs whose rows carry known_at: where only these changed, earlier month
   *     ends stand
   * @param snapshots inputs whose rows are of a day: a change reaches that day and those after it
   */
  static SnapshotDays of(
      TableContract table,
      int months,
      List<TableContract> bitemporal,
      List<TableContract> snapshots,
      Inputs in,
      RunContext run) {
    // Days times facts make many rows: here compiled plans pay.
    run.spark().conf().set("spark.sql.codegen.wholeStage", "true");
    run.spark().conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
    LocalDate asOf = run.asOf();
    List<LocalDate> kept = monthEnds(asOf, months);
    Set<LocalDate> stored = storedDays(table, in);
    Instant reached = reached(bitemporal, snapshots, in, run);
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day : kept) {
      Instant end = day.plusDays(1).atStartOfDay(run.zone()).toInstant();
      if (!stored.contains(day) || reached.isBefore(end)) {
        days.add(day);
      }
    }
    if (!days.contains(asOf)) {
      days.add(asOf);
    }
    return new SnapshotDays(table, days, in, run);
  }

  /** The last month ends on or before a day, in order. */
  static List<LocalDate> monthEnds(LocalDate asOf, int months) {
    YearMonth last =
        asOf.equals(YearMonth.from(asOf).atEndOfMonth())
            ? YearMonth.from(asOf)
            : YearMonth.from(asOf).minusMonths(1);
    return Stream.iterate(last.minusMonths(months - 1L), month -> month.plusMonths(1))
        .limit(months)
        .map(YearMonth::atEndOfMonth)
        .toList();
  }

  /** The days with the instants they end at. */
  Dataset<Row> rows() {
    return rows;
  }

  /** Of the rows computed for the days, those that have to be stored. */
  Dataset<Row> changed(Dataset<Row> computed) {
    LocalDate first = days.stream().min(LocalDate::compareTo).orElseThrow();
    Dataset<Row> others =
        stored.where(
            AsOfDays.SNAPSHOT_ON
                .col()
                .geq(Date.valueOf(monthEnds(first, 1).get(0)))
                .and(
                    not(
                        AsOfDays.SNAPSHOT_ON
                            .col()
                            .isin(days.stream().map(Date::valueOf).toArray()))));
    return KeepChanges.compute(table, computed, others);
  }

  /** The column of a table's key that tells the day: of the snapshot or of the score. */
  private static Field dayOf(TableContract table) {
    return table.key().stream()
        .filter(field -> field.type().equals(Columns.DATE))
        .findFirst()
        .orElseThrow();
  }

  private static Set<LocalDate> storedDays(TableContract table, Inputs in) {
    Set<LocalDate> days = new HashSet<>();
    in.output()
        .select(dayOf(table).col())
        .distinct()
        .collectAsList()
        .forEach(row -> days.add(row.getDate(0).toLocalDate()));
    return days;
  }

  /** The earliest instant from which on days may have changed since the step's last run. */
  private static Instant reached(
      List<TableContract> bitemporal, List<TableContract> snapshots, Inputs in, RunContext run) {
    Instant earliest = Instant.MAX;
    for (TableContract table : Stream.concat(bitemporal.stream(), snapshots.stream()).toList()) {
      boolean isAnew = in.lastVersion(table) < 0 || in.version(table) < in.lastVersion(table);
      if (isAnew && in.version(table) != in.lastVersion(table)) {
        return Instant.MIN;
      }
    }
    for (TableContract table : bitemporal) {
      Column known = col(Versioned.KNOWN_AT.name());
      earliest = earlier(earliest, changed(table, in, run), known);
    }
    for (TableContract table : snapshots) {
      // A day's rows count for the day itself.
      Column day = dayOf(table).col().cast(Columns.TIMESTAMP);
      earliest = earlier(earliest, changed(table, in, run).map(rows -> netKeys(table, rows)), day);
    }
    return earliest;
  }

  /** The changes of an input since the step's last run; none if it stands. */
  private static Optional<Dataset<Row>> changed(TableContract table, Inputs in, RunContext run) {
    long from = in.lastVersion(table);
    long to = in.version(table);
    return from == to ? Optional.empty() : Optional.of(run.lake().changes(table, from, to));
  }

  /** Keys whose rows differ after the changes; a row removed and added again cancels out. */
  private static Dataset<Row> netKeys(TableContract table, Dataset<Row> changes) {
    return changes
        .withColumn("_hash", Contents.rowHash(table))
        .groupBy(table.key().stream().map(Field::col).toArray(Column[]::new))
        .agg(bit_xor(col("_hash")).as("_net"))
        .where(col("_net").notEqual(0));
  }

  private static Instant earlier(Instant than, Optional<Dataset<Row>> changes, Column at) {
    if (changes.isEmpty()) {
      return than;
    }
    Timestamp first = changes.get().agg(min(at)).first().getTimestamp(0);
    return first != null && first.toInstant().isBefore(than) ? first.toInstant() : than;
  }
}
