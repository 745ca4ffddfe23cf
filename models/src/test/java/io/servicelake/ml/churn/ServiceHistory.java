package io.servicelake.ml.churn;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import io.servicelake.contract.gold.ServiceVisits;
import io.servicelake.contract.silver.CustomerIdentities;
import io.servicelake.ml.MadeUpRows;
import io.servicelake.ml.attrition.OneVehicle;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Made-up visits of persons with a rhythm of their own who leave at some visit for good, more often
 * after a comeback or when they live far away; and their month-end snapshots.
 */
final class ServiceHistory {
  private final LocalDate end;
  private final TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);
  private final TestRows visits = TestRows.of(ServiceVisits.TABLE);
  private final TestRows identities = TestRows.of(CustomerIdentities.TABLE);

  /** Whether a person had left for good by a month end; keyed by person and day. */
  final Map<String, Boolean> hasLeft = new HashMap<>();

  ServiceHistory(int customers, YearMonth first, int months, long seed) {
    this.end = first.plusMonths(months - 1L).atEndOfMonth();
    Random random = new Random(seed);
    for (int i = 0; i < customers; i++) {
      customer("c%05d".formatted(i), first, months, random);
    }
  }

  Dataset<Row> snapshots() {
    return MadeUpRows.build(snapshots);
  }

  Dataset<Row> visits() {
    return MadeUpRows.build(visits);
  }

  Dataset<Row> identities() {
    return MadeUpRows.build(identities);
  }

  private void customer(String id, YearMonth first, int months, Random random) {
    double rhythm = Math.exp(5.1 + 0.4 * random.nextGaussian());
    double distance = Math.exp(2 + 0.8 * random.nextGaussian());
    LocalDate sold = first.atDay(1).plusDays(random.nextInt(600)).minusDays(500);
    LocalDate day = first.atDay(1).plusDays(random.nextInt(300));
    List<LocalDate> days = new ArrayList<>();
    List<LocalDate> comebacks = new ArrayList<>();
    LocalDate leftOn = null;
    while (!day.isAfter(end)) {
      days.add(day);
      boolean isBad = random.nextDouble() < 0.12;
      if (isBad) {
        comebacks.add(day);
      }
      double leave = 0.06 + (isBad ? 0.35 : 0) + (distance > 15 ? 0.1 : 0);
      if (random.nextDouble() < leave) {
        leftOn = day;
        break;
      }
      day = day.plusDays(Math.max(3, Math.round(rhythm * Math.exp(0.3 * random.nextGaussian()))));
    }
    identities.row(CustomerIdentities.CUSTOMER_RECORD_ID, id, CustomerIdentities.CUSTOMER_ID, id);
    for (LocalDate visit : days) {
      visits.row(
          ServiceVisits.REPAIR_ORDER_ID,
          id + visit,
          ServiceVisits.CUSTOMER_ID,
          id,
          ServiceVisits.DEALER_ID,
          random.nextDouble() < 0.9 ? "d1" : "d2",
          ServiceVisits.VISIT_ON,
          visit);
    }
    for (int month = 0; month < months; month++) {
      LocalDate on = first.plusMonths(month).atEndOfMonth();
      List<LocalDate> past = days.stream().filter(visit -> !visit.isAfter(on)).toList();
      if (!past.isEmpty()) {
        hasLeft.put(id + on, leftOn != null && !leftOn.isAfter(on));
        snapshot(id, on, past, comebacks, distance, sold);
      }
    }
  }

  private void snapshot(
      String id,
      LocalDate on,
      List<LocalDate> past,
      List<LocalDate> comebacks,
      double distance,
      LocalDate sold) {
    LocalDate last = past.get(past.size() - 1);
    int gaps = past.size() - 1;
    double mean = gaps == 0 ? 0 : (double) ChronoUnit.DAYS.between(past.get(0), last) / gaps;
    OneVehicle vehicle =
        new OneVehicle(
            id,
            sold,
            10_000,
            past,
            Collections.nCopies(past.size(), "MAINTENANCE"),
            comebacks.stream().filter(day -> !day.isAfter(on)).toList());
    snapshots.row(
        vehicle.with(
            CustomerSnapshots.CUSTOMER_ID,
            id,
            CustomerSnapshots.SNAPSHOT_ON,
            on,
            CustomerSnapshots.HOME_DEALER_ID,
            "d1",
            CustomerSnapshots.DISTANCE_KM,
            distance,
            CustomerSnapshots.FIRST_VISIT_ON,
            past.get(0),
            CustomerSnapshots.LAST_VISIT_ON,
            last,
            CustomerSnapshots.VISITS_COUNT,
            past.size(),
            CustomerSnapshots.VISITS_12M_COUNT,
            since(past, on.minusMonths(12)),
            CustomerSnapshots.VISITS_24M_COUNT,
            since(past, on.minusMonths(24)),
            CustomerSnapshots.MEAN_GAP_DAYS,
            gaps == 0 ? null : mean,
            CustomerSnapshots.VEHICLES_COUNT,
            1,
            CustomerSnapshots.VEHICLE_SOLD_ON,
            sold,
            CustomerSnapshots.WARRANTY_UNTIL_ON,
            sold.plusYears(3),
            CustomerSnapshots.DUE_ON,
            last.plusDays(180),
            CustomerSnapshots.COMEBACKS_12M_COUNT,
            (int)
                comebacks.stream()
                    .filter(day -> !day.isAfter(on) && day.isAfter(on.minusMonths(12)))
                    .count(),
            CustomerSnapshots.LAST_COMEBACK_ON,
            comebacks.stream()
                .filter(day -> !day.isAfter(on))
                .max(LocalDate::compareTo)
                .orElse(null)));
  }

  private static int since(List<LocalDate> days, LocalDate from) {
    return (int) days.stream().filter(day -> day.isAfter(from)).count();
  }
}
