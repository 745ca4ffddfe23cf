package io.servicelake.ml.attrition;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Made-up lives, day by day: maintenance some days after half a year, repairs by chance, and at
 * some day, sooner after a complaint, the last visit but a tenth. One vehicle each. Who comes first
 * for a repair has left before.
 */
final class Lives {
  private static final int INTERVAL_DAYS = 183;

  private final LocalDate until;
  private final int windowDays;
  private final TestRows snapshots = TestRows.of(CustomerSnapshots.TABLE);

  /** Whether a person had left by the day, by person. */
  final Map<String, Boolean> hasLeft = new HashMap<>();

  /** Whether a visit came in the window after it. */
  final Map<String, Boolean> came = new HashMap<>();

  Lives(int persons, LocalDate until, int windowDays, long seed) {
    this.until = until;
    this.windowDays = windowDays;
    Random random = new Random(seed);
    for (int i = 0; i < persons; i++) {
      live("p%05d".formatted(i), random);
    }
  }

  Dataset<Row> snapshots() {
    return snapshots.build();
  }

  private void live(String person, Random random) {
    LocalDate since = until.minusDays(700 + random.nextInt(700));
    double slow = Math.exp(0.4 * random.nextGaussian());
    double keeps = random.nextBoolean() ? 0.9 : 0.6;
    List<LocalDate> days = new ArrayList<>(List.of(since));
    LocalDate left = random.nextDouble() < 0.1 ? since : null;
    Purpose first = left == null ? Purpose.MAINTENANCE : Purpose.REPAIR;
    List<String> purposes = new ArrayList<>(List.of(first.name()));
    List<LocalDate> complaints = new ArrayList<>();
    LocalDate due = next(since, slow, random);
    boolean comes = false;
    for (LocalDate day = since.plusDays(1);
        !day.isAfter(until.plusDays(windowDays));
        day = day.plusDays(1)) {
      LocalDate complaint = complaints.isEmpty() ? null : complaints.get(complaints.size() - 1);
      boolean isSore = complaint != null && complaint.plusDays(90).isAfter(day);
      if (left == null && random.nextDouble() < (isSore ? 0.006 : 0.0003)) {
        left = day;
      }
      double stays = left == null ? 1 : 0.1;
      Purpose purpose = null;
      if (day.equals(due)) {
        purpose = random.nextDouble() < keeps * stays ? Purpose.MAINTENANCE : null;
        due = purpose == null ? day.plusDays(INTERVAL_DAYS) : next(day, slow, random);
      } else if (random.nextDouble() < 0.001 * stays) {
        purpose = Purpose.REPAIR;
      }
      if (purpose != null && day.isAfter(until)) {
        comes = true;
      } else if (purpose != null) {
        days.add(day);
        purposes.add(purpose.name());
        if (random.nextDouble() < 0.1) {
          complaints.add(day);
        }
      }
    }
    hasLeft.put(person, left != null && !left.isAfter(until));
    came.put(person, comes);
    snapshots.row(
        new OneVehicle("v", since, 1_000_000, days, purposes, complaints)
            .with(CustomerSnapshots.CUSTOMER_ID, person, CustomerSnapshots.SNAPSHOT_ON, until));
  }

  private static LocalDate next(LocalDate day, double slow, Random random) {
    return day.plusDays(Math.round(INTERVAL_DAYS + 40 * slow * -Math.log(1 - random.nextDouble())));
  }
}
