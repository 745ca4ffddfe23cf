package io.servicelake.jobs;

import io.servicelake.contract.TableContract;
import io.servicelake.contract.Versioned;
import io.servicelake.contract.silver.Complaints;
import io.servicelake.contract.silver.Contacts;
import io.servicelake.contract.silver.RepairOrders;
import io.servicelake.jobs.io.Lakehouse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The day as of which a run computes.
 *
 * @param reads tables that tell the day; steps that depend on it wait for their writers
 * @param day finds the day
 */
public record AsOf(Set<TableContract> reads, Function<Lakehouse, LocalDate> day) {

  /** A day that was asked for. */
  public static AsOf on(LocalDate day) {
    return new AsOf(Set.of(), lake -> day);
  }

  /**
   * The last complete day in the data: the day before that of the newest entry of a repair order.
   *
   * @throws CannotException when used while there is no repair order
   */
  public static AsOf lastCompleteDay(ZoneId zone) {
    return new AsOf(
        Set.of(RepairOrders.TABLE),
        lake -> {
          Row newest =
              lake.read(RepairOrders.TABLE).agg(functions.max(Versioned.KNOWN_AT.col())).first();
          Timestamp knownAt = newest.getTimestamp(0);
          if (knownAt == null) {
            throw new CannotException(
                "Cannot tell the as-of day: silver.repair_orders is empty. The default is the last complete day in it. Check the sources with 'servicelake sources check', or give --as-of YYYY-MM-DD.");
          }
          return knownAt.toInstant().atZone(zone).toLocalDate().minusDays(1);
        });
  }

  /**
   * The day under way: that of the newest entry of a repair order, contact or complaint, or today
   * if the data reaches beyond it. For boards that follow the day.
   */
  public static AsOf dayUnderWay(ZoneId zone, Clock clock) {
    Set<TableContract> reads = Set.of(RepairOrders.TABLE, Contacts.TABLE, Complaints.TABLE);
    return new AsOf(
        reads,
        lake -> {
          LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
          return reads.stream()
              .map(table -> lake.read(table).agg(functions.max(Versioned.KNOWN_AT.col())).first())
              .filter(row -> !row.isNullAt(0))
              .map(row -> LocalDate.ofInstant(row.getTimestamp(0).toInstant(), zone))
              .filter(day -> day.isBefore(today))
              .max(Comparator.comparingLong(LocalDate::toEpochDay))
              .orElse(today);
        });
  }
}
