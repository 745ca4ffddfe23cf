package io.servicelake.ml.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import io.servicelake.TestRows;
import io.servicelake.contract.feature.CustomerSnapshots;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryColumnsTest {
  private static final LocalDate DAY = LocalDate.of(2025, 3, 31);

  @Test
  void visitsAreThoseOfTheirVehicleAndIntervalsAreNoneOfZero() {
    TestRows snapshots =
        TestRows.of(CustomerSnapshots.TABLE)
            .row(
                CustomerSnapshots.CUSTOMER_ID, "two",
                CustomerSnapshots.SNAPSHOT_ON, DAY,
                CustomerSnapshots.HELD_VEHICLE_IDS, List.of("a", "b"),
                CustomerSnapshots.HELD_SINCE_ON, List.of(DAY.minusDays(90), DAY.minusDays(60)),
                CustomerSnapshots.HELD_SOLD_ON, List.of(DAY.minusDays(900), DAY.minusDays(600)),
                CustomerSnapshots.HELD_WARRANTY_UNTIL_ON, List.of(DAY, DAY.plusDays(9)),
                CustomerSnapshots.HELD_INTERVAL_MONTHS, List.of(12, 0),
                CustomerSnapshots.HELD_INTERVAL_KM, List.of(15_000, 0),
                CustomerSnapshots.HELD_KM_PER_DAY, List.of(40.0, 0.0),
                CustomerSnapshots.HISTORY_ON,
                    List.of(
                        DAY.minusDays(90),
                        DAY.minusDays(60),
                        DAY.minusDays(60),
                        DAY.minusDays(30),
                        DAY.minusDays(5)),
                CustomerSnapshots.HISTORY_VEHICLE_NO, List.of(1, 2, 2, 1, 1),
                CustomerSnapshots.HISTORY_PURPOSE,
                    List.of("MAINTENANCE", "OTHER", "OTHER", "ACCIDENT", "REPAIR"),
                CustomerSnapshots.HISTORY_ODOMETER_KM, List.of(10_000, -1, -1, -1, 13_000),
                CustomerSnapshots.HISTORY_CUSTOMER_PAY_AMOUNT_MINOR,
                    List.of(30_000L, 300_000L, 100_000L, 9_000_000L, 399_999L),
                CustomerSnapshots.AGGRIEVED_ON, List.of(DAY.minusDays(4)));
    int day = (int) DAY.toEpochDay();

    PersonHistory person =
        HistoryColumns.read(
            snapshots
                .build()
                .select(HistoryColumns.history().as(HistoryColumns.HISTORY.name()))
                .head()
                .getStruct(0),
            400_000);

    assertThat(person.snapshotDay()).isEqualTo(day);
    assertThat(person.aggrievedDays()).containsExactly(day - 4);
    assertThat(person.billedDays()).containsExactly(day - 60);
    assertThat(person.wayKm()).isNull();
    assertThat(person.vehicles()).hasSize(2);
    VehicleHistory one = person.vehicles().get(0);
    assertThat(one.visitDays()).containsExactly(day - 90, day - 30, day - 5);
    assertThat(one.purposes())
        .containsExactly(Purpose.MAINTENANCE, Purpose.ACCIDENT, Purpose.REPAIR);
    assertThat(one.odometerKm()).containsExactly(10_000, -1, 13_000);
    assertThat(one.sinceDay()).isEqualTo(day - 90);
    assertThat(one.soldDay()).isEqualTo(day - 900);
    assertThat(one.warrantyUntilDay()).isEqualTo(day);
    assertThat(one.intervalDays()).isBetween(365.0, 366.0);
    assertThat(one.intervalKm()).isEqualTo(15_000);
    VehicleHistory other = person.vehicles().get(1);
    assertThat(other.visitDays()).containsExactly(day - 60, day - 60);
    assertThat(other.intervalDays()).isPositive();
    assertThat(other.intervalKm()).isPositive();
    assertThat(other.kmPerDay()).isPositive();
  }
}
