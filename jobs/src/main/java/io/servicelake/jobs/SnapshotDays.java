package io.servicelake.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
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
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days a snapshot step computes: the as-of day, and of the month ends kept those that are not
 * stored yet or that the changes of its inputs may reach. A change reaches the days from its {@code
 * known_at} on, so work grows with what changed and how far back it was known.
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
   * @param others inputs whose change may reach every day
   */
  static SnapshotDays of(
      TableContract table,
      int months,
      List<TableContract> bitemporal,
      List<TableContract> others,
      Inputs in,
      RunContext run) {
    // Days times facts make many rows: here compiled plans pay.
    run.spark().conf().set("spark.sql.codegen.wholeStage", "true");
    run.spark().conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
    LocalDate asOf = run.asOf();
    List<LocalDate> kept = monthEnds(asOf, months);
    Set<LocalDate> stored = storedDays(in);
    Instant reached = reached(bitemporal, others, in, run);
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

  private static Set<LocalDate> storedDays(Inputs in) {
    Set<LocalDate> days = new HashSet<>();
    in.output()
        .select(AsOfDays.SNAPSHOT_ON.col())
        .distinct()
        .collectAsList()
        .forEach(row -> days.add(row.getDate(0).toLocalDate()));
    return days;
  }

  /** The earliest instant from which on days may have changed since the step's last run. */
  private static Instant reached(
      List<TableContract> bitemporal, List<TableContract> others, Inputs in, RunContext run) {
    for (TableContract table : others) {
      if (in.lastVersion(table) != in.version(table)) {
        return Instant.MIN;
      }
    }
    Instant earliest = Instant.MAX;
    for (TableContract table : bitemporal) {
      long from = in.lastVersion(table);
      long to = in.version(table);
      if (from == to) {
        continue;
      }
      if (from < 0) {
        return Instant.MIN;
      }
      Row first =
          run.lake().changes(table, from, to).agg(min(col(Versioned.KNOWN_AT.name()))).first();
      Timestamp known = first.getTimestamp(0);
      if (known != null && known.toInstant().isBefore(earliest)) {
        earliest = known.toInstant();
      }
    }
    return earliest;
  }
}
